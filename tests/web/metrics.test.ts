// What Prometheus reads: who may read it, and that the numbers follow what happened.
import type { Update } from 'grammy/types'
import { afterEach, describe, expect, it } from 'vitest'
import type { Database } from '../../src/storage/database.ts'
import { createInbox } from '../../src/telegram/inbox.ts'
import { createUnitOfWork } from '../../src/telegram/unit-of-work.ts'
import { createMetrics } from '../../src/web/metrics.ts'
import { createServer } from '../../src/web/server.ts'
import { createBench } from '../delivery/bench.ts'
import { refusal } from '../delivery/telegram-stub.ts'
import { createDatabaseFile } from '../storage/database-file.ts'
import { createRecordedLog } from '../telegram/recorded-log.ts'

const TOKEN = 'kunci-prometheus_2026'
const START = Date.UTC(2026, 10, 23, 2)

const opened: { close(): unknown }[] = []
afterEach(async () => {
  for (const server of opened.splice(0)) await server.close()
})

function open(metrics: Parameters<typeof createServer>[0]['metrics']) {
  const log = createRecordedLog()
  const server = createServer({ health: { ready: async () => ({ ok: true }) }, metrics, log })
  opened.push(server)
  return { server, log }
}

/** Every line of the page: `klinik_jobs_due` -> 0, `klinik_updates_total{outcome="failed"}` -> 1. */
async function numbers(metrics: ReturnType<typeof createMetrics>): Promise<Readonly<Record<string, number>>> {
  const answer = await open(metrics).server.inject({ url: '/metrics', headers: { authorization: `Bearer ${TOKEN}` } })
  expect(answer.statusCode).toBe(200)
  const lines = answer.body.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]))
}

describe('the page', () => {
  const page = { token: TOKEN, read: async () => ({ contentType: 'text/plain; version=0.0.4', text: 'klinik_jobs_due 0\n' }) }

  it('is there for who shows the token', async () => {
    const answer = await open(page).server.inject({ url: '/metrics', headers: { authorization: `Bearer ${TOKEN}` } })
    expect([answer.statusCode, answer.body, answer.headers['content-type']]).toEqual([200, 'klinik_jobs_due 0\n', 'text/plain; version=0.0.4'])
  })

  it.each([
    ['no token', {}],
    ['an empty token', { authorization: 'Bearer ' }],
    ['another token', { authorization: 'Bearer kunci-prometheus_2027' }],
    ['a longer token', { authorization: `Bearer ${TOKEN}_` }],
    ['the token of another scheme', { authorization: `Basic ${TOKEN}` }],
    ['the token alone', { authorization: TOKEN }],
  ])('asks for the token from who shows %s', async (_what, headers) => {
    for (const method of ['GET', 'HEAD'] as const) {
      const answer = await open(page).server.inject({ method, url: '/metrics', headers })
      expect([answer.statusCode, answer.headers['www-authenticate']]).toEqual([401, 'Bearer'])
      expect(answer.body).not.toContain('klinik')
    }
  })

  it('does not exist without a token', async () => {
    const answer = await open(undefined).server.inject({ url: '/metrics', headers: { authorization: 'Bearer ' } })
    expect([answer.statusCode, answer.json()]).toEqual([404, { error: 'not-found' }])
  })

  it('says nothing but that it can not be read when the database is gone, and the log says why', async () => {
    const { log, server } = open({ token: TOKEN, read: () => Promise.reject(new Error('disk is gone')) })
    const answer = await server.inject({ url: '/metrics', headers: { authorization: `Bearer ${TOKEN}` } })
    expect([answer.statusCode, answer.json()]).toEqual([500, { error: 'internal' }])
    expect(log.lines.map(({ event }) => event)).toEqual(['web.failed'])
  })
})

describe('updates', () => {
  const update = (id: number) => ({ update_id: id, message: { text: `teks ${id}` } }) as Update

  /** Handling takes 300 ms of the clock; update 13 can't be handled. */
  function createWork(database: Database) {
    let at = START
    const now = () => at
    const metrics = createMetrics({ token: TOKEN, database, now })
    const log = createRecordedLog()
    const { apply } = createUnitOfWork({
      database, now, log, botId: 1,
      handle: async (_tx, { update_id }) => {
        at += 300
        if (update_id === 13) throw new Error('not handled')
      },
      apologise: async () => {},
      answerTaps: () => {},
      committed: () => {},
      observe: metrics.observeUpdate,
    })
    return { metrics, apply, inbox: createInbox({ database, apply, now, log }), passes: (ms: number) => { at += ms } }
  }

  it('are counted by what became of them', async () => {
    const database = await createDatabaseFile().open()
    const { apply, metrics } = createWork(database)
    expect(await numbers(metrics)).toMatchObject({ 'klinik_updates_total{outcome="failed"}': 0, klinik_updates_quarantined: 0 })
    await apply([update(11), update(12), update(13)])
    await apply([update(12)])
    // The process died each time it was tried, the last time alone.
    await database.transaction((tx) => tx.insertInto('update_attempt').values({ update_id: 14, attempts: 4 }).execute())
    await apply([update(14)])
    expect(await numbers(metrics)).toMatchObject({
      'klinik_updates_total{outcome="applied"}': 2,
      'klinik_updates_total{outcome="failed"}': 1,
      'klinik_updates_total{outcome="repeated"}': 1,
      'klinik_updates_total{outcome="quarantined"}': 1,
      klinik_updates_quarantined: 1,
      klinik_update_handling_seconds_count: 5,
    })
  })

  it('are timed from their arrival to the commit of their batch', async () => {
    const { apply, metrics } = createWork(await createDatabaseFile().open())
    await apply([update(11), update(12)])
    expect(await numbers(metrics)).toMatchObject({
      klinik_update_handling_seconds_sum: 1.2,
      'klinik_update_handling_seconds_bucket{le="0.5"}': 0,
      'klinik_update_handling_seconds_bucket{le="1"}': 2,
    })
  })

  it('that waited in the inbox are timed from there', async () => {
    const database = await createDatabaseFile().open()
    const { inbox, metrics, passes } = createWork(database)
    await database.transaction((tx) => tx.insertInto('inbox').values({ update_id: 11, payload: JSON.stringify(update(11)), received_at: START }).execute())
    passes(20_000)
    await inbox.drain()
    expect(await numbers(metrics)).toMatchObject({ klinik_update_handling_seconds_sum: 20.3 })
  })
})

describe('messages', () => {
  it('are counted by lane and outcome, and timed from being written to being sent', async () => {
    const bench = await createBench()
    const metrics = createMetrics({ token: TOKEN, database: bench.database, now: bench.clock.now })
    bench.telegram.onCall = ({ chatId }) => (chatId === 12 ? refusal(403, 'Forbidden: bot was blocked by the user') : undefined)
    await bench.say(11, 'jawaban')
    await bench.say(12, 'jawaban')
    await bench.say(13, 'kabar', { lane: 'bulk' })
    bench.clock.advance(3000)
    await bench.dispatcher({ observe: metrics.observeSend }).idle()
    expect(await numbers(metrics)).toMatchObject({
      'klinik_sends_total{lane="reply",outcome="sent"}': 1,
      'klinik_sends_total{lane="reply",outcome="unreachable"}': 1,
      'klinik_sends_total{lane="bulk",outcome="sent"}': 1,
      'klinik_send_seconds_count{lane="reply"}': 1,
      'klinik_send_seconds_sum{lane="bulk"}': 3,
      klinik_floods_total: 0,
    })
  })

  it('that Telegram put off are floods, and wait since they were written', async () => {
    const bench = await createBench()
    const metrics = createMetrics({ token: TOKEN, database: bench.database, now: bench.clock.now })
    bench.telegram.onCall = () => refusal(429, 'Too Many Requests: retry after 60', { retry_after: 60 })
    await bench.say(11, 'jawaban')
    const dispatcher = bench.dispatcher({ observe: metrics.observeSend })
    await dispatcher.idle()
    bench.clock.advance(20_000)
    expect(await numbers(metrics)).toMatchObject({
      klinik_floods_total: 1,
      'klinik_sends_total{lane="reply",outcome="retry"}': 1,
      'klinik_outbox_waiting{lane="reply"}': 1,
      'klinik_outbox_oldest_seconds{lane="reply"}': 20,
      'klinik_outbox_waiting{lane="bulk"}': 0,
      'klinik_outbox_oldest_seconds{lane="bulk"}': 0,
    })
  })
})

describe('the database', () => {
  it('tells how large it is and which jobs are due', async () => {
    const file = createDatabaseFile()
    const database = await file.open()
    const metrics = createMetrics({ token: TOKEN, database, now: () => START })
    await database.transaction((tx) => tx.insertInto('job').values([{ name: 'early', next_at: START }, { name: 'late', next_at: START + 1 }]).execute())
    const before = await numbers(metrics)
    expect(before).toMatchObject({ klinik_jobs_due: 1 })
    await database.transaction((tx) => tx.insertInto('meta').values({ key: 'large', value: 'a'.repeat(1_000_000) }).execute())
    const grown = (await numbers(metrics))['klinik_database_bytes']! - before['klinik_database_bytes']!
    expect(grown).toBeGreaterThan(900_000)
    expect(grown).toBeLessThan(1_100_000)
  })
})
