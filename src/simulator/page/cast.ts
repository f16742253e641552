// The three people whose phones the page opens with. It must not know what the clinic does with them.

import type { NewPerson, PersonId, World } from '../world.ts'

export type CastRole = 'owner' | 'volunteer' | 'coordinator'

/** Fixed ids, so that a configuration can name them: 1001 owner, 2001 volunteer, 3001 coordinator. */
export const CAST: readonly (NewPerson & { readonly id: PersonId; readonly role: CastRole })[] = [
  { id: 1001, firstName: 'Ibu Sari', languageCode: 'id', role: 'owner' },
  { id: 2001, firstName: 'Mas Dimas', languageCode: 'id', role: 'volunteer' },
  { id: 3001, firstName: 'Mbak Rini', languageCode: 'id', role: 'coordinator' },
]

/** Adds those of the cast who are not in the world yet; those kept from an earlier run stay as they are. */
export function addCast(world: World): void {
  const present = new Set(world.people().map((person) => person.id))
  for (const { role: _role, ...person } of CAST) if (!present.has(person.id)) world.addPerson(person)
}

/** The role a person plays on the page; undefined for people added later. */
export function findCastRole(person: PersonId): CastRole | undefined {
  return CAST.find((member) => member.id === person)?.role
}
