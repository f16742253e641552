// Requests for help that several people work on at once: nothing said is lost, and of who is erased nothing is shown or kept.
import { describe, expect, it } from 'vitest'
import { enqueue } from '../../src/delivery/outbox.ts'
import { copyOf } from '../../src/features/help/post.ts'
import { addAnswer, addQuestion, closeRequest, createRequest, findRequest, longestWaiting } from '../../src/features/help/store.ts'
import { pruneHelp } from '../../src/features/privacy/store.ts'
import { noteAccess } from '../../src/people/access.ts'
import { erasePerson } from '../../src/people/erasure.ts'
import { grantRole } from '../../src/people/roles.ts'
import { createPerson } from '../../src/people/store.ts'
import type { Tx } from '../../src/storage/database.ts'
import { openTwo, overlap } from './support/overlap.ts'

const NOW = Date.UTC(2026, 10, 23, 2)
const SARI = 7_310_555_001
const RINI = 7_310_555_002

/** A database with Rini, who coordinates, and a request of Sari's. */
async function openRequest() {
  const both = await openTwo()
  return {
    ...both,
    ...(await both.one.transaction(async (tx) => {
      const sari = await createPerson(tx, SARI, NOW)
      const rini = await createPerson(tx, RINI, NOW)
      await grantRole(tx, { person: rini.id, role: 'coordinator', by: null, now: NOW })
      return { sari, rini, request: await createRequest(tx, { person: sari.id, body: 'Pertanyaan', now: NOW }) }
    })),
  }
}
type Opened = Awaited<ReturnType<typeof openRequest>>

const asksMore = ({ request }: Opened) => async (tx: Tx) => {
  const found = await findRequest(tx, request.id)
  if (found) await addQuestion(tx, { request: found, body: 'Tambahan', now: NOW })
  return found !== undefined
}
const answers = ({ request, rini }: Opened) => (tx: Tx) => addAnswer(tx, { request, author: rini.id, body: 'Jawaban', now: NOW })
const erases = ({ sari }: Opened) => (tx: Tx) => erasePerson(tx, { person: sari.id, secret: 'a secret of at least thirty-two characters', now: NOW })
const kept = (tx: Tx) => tx.selectFrom('help_request').leftJoin('help_message', 'help_message.request_id', 'help_request.id').select(['state', 'body']).orderBy('help_message.id').execute()

/** Reads a request as a coordinator's card does: noted, and on its way to her chat. */
const reads = ({ rini, sari }: Opened, find: (tx: Tx) => Promise<unknown>) => async (tx: Tx) => {
  if (!(await find(tx))) return 'gone'
  await noteAccess(tx, { person: sari.id, by: rini.id, what: 'help-request', now: NOW })
  await enqueue(tx, { chatId: RINI, method: 'sendMessage', payload: { text: 'Pertanyaan dari Sari' }, onSent: copyOf({ id: 1, number: 1, personId: sari.id, state: 'open', createdAt: NOW }) }, NOW)
  return 'shown'
}

describe('what the owner adds while a coordinator answers', () => {
  it('is not taken for answered when it was written last', async () => {
    const opened = await openRequest()
    await overlap(opened, answers(opened), asksMore(opened), 'update "help_request"')
    const rows = await opened.one.transaction(kept)
    expect(rows.map(({ body }) => body).at(-1)).toBe(rows[0]!.state === 'open' ? 'Tambahan' : 'Jawaban')
  })
})

describe('a request closed twice at once', () => {
  it('is closed once', async () => {
    const opened = await openRequest()
    const close = (tx: Tx) => closeRequest(tx, { id: opened.request.id, now: NOW })
    expect(await overlap(opened, close, close)).toEqual([true, false])
  })
})

describe('an old request', () => {
  const forgets = (tx: Tx) => pruneHelp(tx, NOW, 50)

  it('that is added to while it is about to be forgotten stays, with what was added', async () => {
    const opened = await openRequest()
    const writes = async (tx: Tx) => {
      const request = await findRequest(tx, opened.request.id)
      await addQuestion(tx, { request: request!, body: 'Tambahan', now: NOW + 1 })
    }
    await overlap(opened, writes, forgets)
    expect(await opened.one.transaction(kept)).toEqual([{ state: 'open', body: 'Tambahan' }])
  })

  it('that is being forgotten is no longer there for who comes then', async () => {
    const opened = await openRequest()
    expect((await overlap(opened, forgets, asksMore(opened)))[1]).toBe(false)
    expect(await opened.one.transaction(kept)).toEqual([])
  })
})

describe('someone erased while a coordinator', () => {
  it.each<[string, (tx: Tx, opened: Opened) => Promise<unknown>]>([
    ['reads her request', (tx, { request }) => findRequest(tx, request.id)],
    ['lists who waits', async (tx) => (await longestWaiting(tx, 10))[0]],
  ])('%s is in no message that is kept or sent', async (_what, find) => {
    const opened = await openRequest()
    await overlap(opened, reads(opened, (tx) => find(tx, opened)), erases(opened))
    expect(await opened.one.transaction((tx) => tx.selectFrom('outbox').select(['state', 'payload']).execute())).toEqual([{ state: 'superseded', payload: null }])
    const later = await openRequest()
    expect((await overlap(later, erases(later), reads(later, (tx) => find(tx, later))))[1]).toBe('gone')
    expect(await later.one.transaction((tx) => tx.selectFrom('outbox').selectAll().execute())).toEqual([])
  })

  it('answers her gets nothing more', async () => {
    const opened = await openRequest()
    const answer = async (tx: Tx) => {
      await answers(opened)(tx)
      await enqueue(tx, { chatId: SARI, method: 'sendMessage', payload: { text: 'Jawaban' } }, NOW)
    }
    await overlap(opened, answer, erases(opened))
    expect(await opened.one.transaction((tx) => tx.selectFrom('outbox').selectAll().execute())).toEqual([])
  })
})
