// Cases that several people work on at once: one of them gets it, nothing said is lost, and of who is erased nothing is shown or kept.
import { describe, expect, it } from 'vitest'
import { letHappen } from '../../src/cases/happening.ts'
import { addMessage, noteCopy, linkCopy } from '../../src/cases/messages.ts'
import { createCase, findCase, queue } from '../../src/cases/store.ts'
import type { CaseEvent } from '../../src/cases/case.ts'
import { enqueue } from '../../src/delivery/outbox.ts'
import { pruneHelp } from '../../src/features/privacy/store.ts'
import { noteAccess } from '../../src/people/access.ts'
import { giveConsent } from '../../src/people/consent.ts'
import { erasePerson } from '../../src/people/erasure.ts'
import { grantRole } from '../../src/people/roles.ts'
import { createPerson } from '../../src/people/store.ts'
import { enrolVolunteer, moveVolunteer } from '../../src/people/volunteer-store.ts'
import type { Tx } from '../../src/storage/database.ts'
import { openTwo, overlap } from './support/overlap.ts'

const NOW = Date.UTC(2026, 10, 23, 2)
const SARI = 7_310_555_001
const RINI = 7_310_555_002

async function helper(tx: Tx, telegramId: number): Promise<number> {
  const { id } = await createPerson(tx, telegramId, NOW)
  await grantRole(tx, { person: id, role: 'volunteer', by: null, now: NOW })
  await enrolVolunteer(tx, { person: id, shownName: `Relawan ${telegramId}`, areas: [], sectors: [], languages: ['id'], regions: [], quietFrom: 21, quietUntil: 6, weeklyLoad: 5 }, NOW)
  await moveVolunteer(tx, { person: id, move: 'approved', by: id, now: NOW })
  return id
}

/** A database with Rini, who helps, and a case of Sari's that waits. */
async function openWaiting(volunteers = 1) {
  const both = await openTwo()
  return {
    ...both,
    ...(await both.one.transaction(async (tx) => {
      const sari = await createPerson(tx, SARI, NOW)
      await giveConsent(tx, { person: sari.id, purpose: 'contact', text: 'Boleh', messageId: null, now: NOW })
      const helpers: number[] = []
      for (let at = 0; at < volunteers; at += 1) helpers.push(await helper(tx, RINI + at))
      const made = await createCase(tx, { person: sari.id, topic: null, area: null, about: null, branch: null, urgent: false, dueAt: NOW, now: NOW })
      await tx.updateTable('help_case').set({ circle: 0 }).where('id', '=', made.id).execute()
      await says(tx, made.id, sari.id, 'Pertanyaan')
      return { sari: sari.id, rini: helpers[0]!, helpers, caseId: made.id }
    })),
  }
}
type Opened = Awaited<ReturnType<typeof openWaiting>>

const says = (tx: Tx, caseId: number, author: number, text: string) => addMessage(tx, { caseId, author, part: { kind: 'text', text }, source: undefined, now: NOW })
const happens = ({ caseId }: Opened, event: CaseEvent, by: number | 'clock', now = NOW) => async (tx: Tx) => (await letHappen(tx, { caseId, event, by, now })).type
const erases = ({ sari }: Opened) => (tx: Tx) => erasePerson(tx, { person: sari, secret: 'a secret of at least thirty-two characters', now: NOW })
const stateOf = ({ caseId, one }: Opened) => one.transaction((tx) => tx.selectFrom('help_case').select(['state', 'turn', 'volunteer_id']).where('id', '=', caseId).executeTakeFirst())
const bodies = ({ one }: Opened) => one.transaction(async (tx) => (await tx.selectFrom('case_message').select('body').orderBy('id').execute()).map(({ body }) => body))

describe('fifty volunteers of two processes who tap one card at once', () => {
  it('are one winner and forty-nine who hear that it is taken', { timeout: 120_000 }, async () => {
    const opened = await openWaiting(50)
    const claims = opened.helpers.map((person, at) => (at % 2 === 0 ? opened.one : opened.other).transaction(async (tx) => ({ person, ...(await letHappen(tx, { caseId: opened.caseId, event: { type: 'claim' }, by: person, now: NOW })) })))
    const results = await Promise.all(claims)
    const winners = results.filter(({ type }) => type === 'happened')
    expect(winners).toHaveLength(1)
    expect(results.filter((one) => one.type === 'refused' && one.reason === 'taken')).toHaveLength(49)
    expect(await stateOf(opened)).toEqual({ state: 'claimed', turn: 'volunteer', volunteer_id: winners[0]!.person })
    expect(await opened.one.transaction((tx) => tx.selectFrom('case_assignment').select(['person_id', 'role', 'until']).execute())).toEqual([{ person_id: winners[0]!.person, role: 'lead', until: null }])
  })
})

describe('a case', () => {
  it('claimed while its owner cancels it ends one way only', async () => {
    for (const first of ['claim', 'cancel'] as const) {
      const opened = await openWaiting()
      const deeds = { claim: happens(opened, { type: 'claim' }, opened.rini), cancel: happens(opened, { type: 'cancel' }, opened.sari) }
      const results = await overlap(opened, deeds[first], deeds[first === 'claim' ? 'cancel' : 'claim'])
      // Who cancels what is being taken still cancels it; nobody takes what is cancelled.
      expect(results).toEqual(first === 'claim' ? ['happened', 'happened'] : ['happened', 'refused'])
      expect(await stateOf(opened)).toMatchObject({ state: 'closed' })
      expect(await opened.one.transaction((tx) => tx.selectFrom('case_assignment').selectAll().where('until', 'is', null).execute())).toEqual([])
    }
  })

  it('answered while its time runs out is answered, or taken back: never both', async () => {
    for (const answerFirst of [true, false]) {
      const opened = await openWaiting()
      await opened.one.transaction(happens(opened, { type: 'claim' }, opened.rini))
      const answer = happens(opened, { type: 'volunteer-writes' }, opened.rini)
      const lapse = happens(opened, { type: 'lapse' }, 'clock')
      expect(await (answerFirst ? overlap(opened, answer, lapse) : overlap(opened, lapse, answer))).toEqual(['happened', 'refused'])
      expect(await stateOf(opened)).toMatchObject(answerFirst ? { state: 'claimed', turn: 'owner' } : { state: 'waiting', volunteer_id: null })
    }
  })

  it('written in by both at once awaits an answer to what was written last', async () => {
    const opened = await openWaiting()
    await opened.one.transaction(happens(opened, { type: 'claim' }, opened.rini))
    await overlap(opened, happens(opened, { type: 'volunteer-writes' }, opened.rini), happens(opened, { type: 'owner-writes' }, opened.sari))
    expect(await stateOf(opened)).toMatchObject({ turn: 'volunteer' })
  })
})

describe('an old case', () => {
  const forgets = (tx: Tx) => pruneHelp(tx, { before: NOW, limit: 50, now: NOW })
  const adds = (opened: Opened) => async (tx: Tx) => {
    const happened = await letHappen(tx, { caseId: opened.caseId, event: { type: 'owner-writes' }, by: opened.sari, now: NOW + 1 })
    if (happened.type === 'happened') await addMessage(tx, { caseId: opened.caseId, author: opened.sari, part: { kind: 'text', text: 'Tambahan' }, source: undefined, now: NOW + 1 })
    return happened.type
  }

  it('that is added to while it is about to be forgotten stays, with what was added', async () => {
    const opened = await openWaiting()
    await overlap(opened, adds(opened), forgets)
    expect(await bodies(opened)).toEqual(['Tambahan'])
    expect(await stateOf(opened)).toMatchObject({ state: 'waiting' })
  })

  it('that is being forgotten is closed for who comes then', async () => {
    const opened = await openWaiting()
    expect((await overlap(opened, forgets, adds(opened)))[1]).toBe('refused')
    expect(await bodies(opened)).toEqual([])
    expect(await stateOf(opened)).toMatchObject({ state: 'closed' })
  })
})

describe('someone erased while a volunteer', () => {
  const shows = (opened: Opened, find: (tx: Tx) => Promise<unknown>) => async (tx: Tx) => {
    if (!(await find(tx))) return 'gone'
    await noteAccess(tx, { person: opened.sari, by: opened.rini, what: 'help-request', now: NOW })
    const { copy, onSent } = await noteCopy(tx, { caseId: opened.caseId, chatId: RINI, now: NOW })
    await linkCopy(tx, copy, await enqueue(tx, { chatId: RINI, method: 'sendMessage', payload: { text: 'Pertanyaan dari Sari' }, onSent }, NOW))
    return 'shown'
  }
  const outbox = ({ one }: Opened) => one.transaction((tx) => tx.selectFrom('outbox').select(['state', 'payload']).execute())

  it.each<[string, (opened: Opened) => (tx: Tx) => Promise<unknown>]>([
    ['reads her case', ({ caseId }) => (tx) => findCase(tx, caseId)],
    ['lists who waits', () => async (tx) => (await queue(tx, 10))[0]],
    ['takes it', (opened) => async (tx) => (await happens(opened, { type: 'claim' }, opened.rini)(tx)) === 'happened'],
  ])('%s is in no message that is kept or sent', async (_what, find) => {
    const opened = await openWaiting()
    await overlap(opened, shows(opened, find(opened)), erases(opened))
    expect(await outbox(opened)).toEqual([{ state: 'superseded', payload: null }])
    const later = await openWaiting()
    expect((await overlap(later, erases(later), shows(later, find(later))))[1]).toBe('gone')
    expect(await outbox(later)).toEqual([])
  })
})
