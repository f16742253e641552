// The team, changed by two transactions at once: an invitation serves as many as it is for, ends with its maker's role, and the last coordinator stays.
import { describe, expect, it } from 'vitest'
import { judgeInvite } from '../../src/features/team/invite.ts'
import { createInvite, endInvitesOf, findInvite, useInvite, withdrawInvite } from '../../src/features/team/invite-store.ts'
import { erasePerson } from '../../src/people/erasure.ts'
import { endRole, grantRole, holdersOf, lockRoles } from '../../src/people/roles.ts'
import { createPerson } from '../../src/people/store.ts'
import type { Tx } from '../../src/storage/database.ts'
import { openTwo, overlap } from './support/overlap.ts'

const NOW = Date.UTC(2026, 10, 23, 2)
const TOKEN = 'token00000000000000001'

/** A database with two coordinators. */
async function openTeam() {
  const both = await openTwo()
  const [rini, budi] = await both.one.transaction(async (tx) => {
    const people = [await createPerson(tx, 3001, NOW), await createPerson(tx, 3002, NOW)] as const
    for (const { id } of people) await grantRole(tx, { person: id, role: 'coordinator', by: people[0].id, now: NOW })
    return people
  })
  return { ...both, rini, budi }
}
const invites = (by: number) => (tx: Tx) => createInvite(tx, { token: TOKEN, role: 'volunteer', uses: 1, by, now: NOW, expiresAt: NOW + 1000 })

describe('an invitation', () => {
  it('opened by two at once serves one', async () => {
    const team = await openTeam()
    const id = await team.one.transaction(invites(team.rini.id))
    const use = (person: number) => (tx: Tx) => useInvite(tx, { id, person, now: NOW })
    expect(await overlap(team, use(team.rini.id), use(team.budi.id))).toEqual([true, false])
  })

  it('withdrawn while someone opens it serves nobody more', async () => {
    const team = await openTeam()
    const id = await team.one.transaction(invites(team.rini.id))
    expect(await overlap(team, (tx) => withdrawInvite(tx, { id, now: NOW }), (tx) => useInvite(tx, { id, person: team.budi.id, now: NOW }))).toEqual([true, false])
  })

  it('made while its maker loses the role is worth nothing', async () => {
    const team = await openTeam()
    await overlap(team, invites(team.budi.id), async (tx) => {
      await endRole(tx, { person: team.budi.id, role: 'coordinator', by: team.rini.id, now: NOW })
      await endInvitesOf(tx, { by: team.budi.id, now: NOW })
    })
    const invite = await team.one.transaction((tx) => findInvite(tx, TOKEN, 0))
    expect(judgeInvite(invite, [], NOW + 1)).toEqual({ type: 'refused', reason: 'expired' })
  })
})

describe('the role of coordinator', () => {
  const others = async (tx: Tx) => {
    await lockRoles(tx)
    return (await holdersOf(tx, 'coordinator')).map(({ id }) => id)
  }

  it('is counted after whoever ends one at the same time', async () => {
    const team = await openTeam()
    const end = (tx: Tx) => endRole(tx, { person: team.rini.id, role: 'coordinator', by: team.budi.id, now: NOW })
    expect((await overlap(team, end, others))[1]).toEqual([team.budi.id])
  })

  it('is counted after whoever is erased at the same time', async () => {
    const team = await openTeam()
    const erase = (tx: Tx) => erasePerson(tx, { person: team.rini.id, secret: 'a secret of at least thirty-two characters', now: NOW })
    expect((await overlap(team, erase, others))[1]).toEqual([team.budi.id])
  })
})
