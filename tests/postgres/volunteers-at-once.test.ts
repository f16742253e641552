// Volunteers, decided about by two coordinators at once: a decision is made once, and no mark of an expert is lost.
import { describe, expect, it } from 'vitest'
import { endRole, grantRole } from '../../src/people/roles.ts'
import { createPerson } from '../../src/people/store.ts'
import { enrolVolunteer, findVolunteer, moveVolunteer, nameExpert, type VolunteerMove } from '../../src/people/volunteer-store.ts'
import type { Tx } from '../../src/storage/database.ts'
import { openTwo, overlap } from './support/overlap.ts'

const NOW = Date.UTC(2026, 10, 23, 2)

/** A database with one volunteer who waits. */
async function openWithOne() {
  const both = await openTwo()
  const person = await both.one.transaction(async (tx) => {
    const { id } = await createPerson(tx, 2001, NOW)
    await grantRole(tx, { person: id, role: 'volunteer', by: null, now: NOW })
    const profile = { shownName: 'Dimas', areas: [], sectors: [], languages: ['id'], regions: [], quietFrom: 21, quietUntil: 6, weeklyLoad: 2 } as const
    await enrolVolunteer(tx, { person: id, ...profile }, NOW)
    return id
  })
  return { ...both, person }
}

describe('a volunteer', () => {
  const move = (person: number, move: VolunteerMove) => (tx: Tx) => moveVolunteer(tx, { person, move, by: 1, now: NOW })

  it('is approved or refused once', async () => {
    const clinic = await openWithOne()
    expect(await overlap(clinic, move(clinic.person, 'approved'), move(clinic.person, 'refused'))).toEqual([true, false])
  })

  it('whose role ends meanwhile is not approved', async () => {
    const clinic = await openWithOne()
    const [, approved] = await overlap(clinic, (tx) => endRole(tx, { person: clinic.person, role: 'volunteer', by: 1, now: NOW }), move(clinic.person, 'approved'))
    expect(approved).toBe(false)
    expect((await clinic.one.transaction((tx) => findVolunteer(tx, clinic.person)))?.state).toBe('ended')
  })

  it('is named an expert in both areas by two who name one each', async () => {
    const clinic = await openWithOne()
    const name = (area: string) => (tx: Tx) => nameExpert(tx, { person: clinic.person, area, expert: true, by: 1, now: NOW })
    await overlap(clinic, name('info'), name('promosi'))
    expect((await clinic.one.transaction((tx) => findVolunteer(tx, clinic.person)))?.expertIn).toEqual(['info', 'promosi'])
  })
})
