// What the clinic does of its own accord while an update of the same person is being applied: it sees what she just did, and does not act on what was.
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadClinic } from '../../src/content/clinic.ts'
import { createFacts, loadFacts } from '../../src/content/facts.ts'
import { startConversation, type Conversation } from '../../src/conversation/conversation.ts'
import { createForms } from '../../src/features/forms/feature.ts'
import { createHeartbeat } from '../../src/features/heartbeat/feature.ts'
import { helpForm } from '../../src/features/help/form.ts'
import { createDelivering } from '../../src/features/notices/delivering.ts'
import { createLeaving } from '../../src/features/privacy/leaving.ts'
import { createRetention } from '../../src/features/privacy/retention.ts'
import { dropWaitingNotices } from '../../src/features/privacy/store.ts'
import { createTranslator } from '../../src/i18n/translator.ts'
import { createLogger } from '../../src/logging.ts'
import { packageRoot } from '../../src/package-root.ts'
import { erasePerson } from '../../src/people/erasure.ts'
import { lockPerson } from '../../src/people/hold.ts'
import { grantRole } from '../../src/people/roles.ts'
import { changePerson, createPerson, findPerson } from '../../src/people/store.ts'
import type { Job } from '../../src/schedule/job.ts'
import type { Tx } from '../../src/storage/database.ts'
import { deleteConversation, insertConversation, saveConversation } from '../../src/telegram/conversation-store.ts'
import type { FormRunner } from '../../src/telegram/form-runner.ts'
import { createSpeaker } from '../../src/telegram/speaker.ts'
import { openTwo, overlap } from './support/overlap.ts'

const DAY_MS = 86_400_000
/** A Monday at nine where she lives. */
const NOW = Date.UTC(2026, 10, 23, 2)
const LONG_AGO = NOW - 1200 * DAY_MS
const SARI = 7_310_555_001
const SECRET = 'a secret of at least thirty-two characters'

const root = packageRoot()
const clinic = loadClinic(join(root, 'data/clinic.yaml'))
const speaker = createSpeaker({ translator: createTranslator(join(root, 'locales')), facts: createFacts(loadFacts(join(root, 'data/facts.yaml'))) })
const leaving = createLeaving({ limits: clinic.limits, secret: SECRET, speaker })
const jobs = [
  createDelivering({ clinic, kinds: () => createForms({ clinic, forms: {} as FormRunner, titleKey: () => 'help.title' }).notices ?? [], log: createLogger({ level: 'silent' }) }),
  ...createRetention({ clinic, database: { emptyLog: async () => {} }, leaving }),
  ...(createHeartbeat({ clinic, openedAt: LONG_AGO, log: createLogger({ level: 'silent' }) }).jobs ?? []),
]
const run = (name: string) => async (tx: Tx) => {
  const job = jobs.find((one: Job) => one.name === name)
  if (!job || 'outside' in job) throw new Error(`No feature has a job "${name}".`)
  await job.run({ tx, now: NOW, speaker })
}

/** An update of hers, as the unit of work applies it. */
const update = (work: (tx: Tx) => Promise<unknown>) => async (tx: Tx) => {
  await lockPerson(tx, SARI)
  await work(tx)
}
const toldSari = (tx: Tx) => tx.selectFrom('outbox').select('id').where('chat_id', '=', SARI).where('state', '=', 'queued').where('lane', '=', 'bulk').execute()

/** A database with Sari, last seen at that time. */
async function openWithSari(lastSeenAt: number) {
  const both = await openTwo()
  const sari = await both.one.transaction((tx) => createPerson(tx, SARI, lastSeenAt))
  return { ...both, sari }
}

describe('a reminder of an unfinished form', () => {
  const open = async () => {
    const both = await openWithSari(NOW)
    const conversation: Conversation = startConversation(helpForm, {})
    const { id } = await both.one.transaction((tx) => insertConversation(tx, { person: both.sari.id, conversation, subject: null, now: NOW - DAY_MS, remindAt: NOW - 1 }))
    return { ...both, conversation, id }
  }
  type Open = Awaited<ReturnType<typeof open>>

  it.each<[string, (tx: Tx, open: Open) => Promise<unknown>]>([
    ['answers', (tx, { conversation, id }) => saveConversation(tx, id, conversation, { now: NOW, remindAt: NOW + DAY_MS })],
    ['finishes the form', (tx, { id }) => deleteConversation(tx, id)],
    ['pauses', async (tx, { sari }) => {
      await changePerson(tx, sari.id, { paused_at: NOW })
      await dropWaitingNotices(tx, { id: sari.id, telegramId: SARI }, NOW)
    }],
    ['is erased', (tx, { sari }) => erasePerson(tx, { person: sari.id, secret: SECRET, now: NOW })],
  ])('does not go out while she %s', async (_what, does) => {
    const opened = await open()
    await overlap(opened, update((tx) => does(tx, opened)), run('notices'))
    expect(await opened.one.transaction(toldSari)).toEqual([])
  })

  it('that is being written holds her pause back, which then takes it back', async () => {
    const opened = await open()
    await overlap(opened, run('notices'), update(async (tx) => dropWaitingNotices(tx, { id: opened.sari.id, telegramId: SARI }, NOW)))
    expect(await opened.one.transaction(toldSari)).toEqual([])
  })
})

describe('someone silent for long', () => {
  const writes = (id: number) => update((tx) => changePerson(tx, id, { last_seen_at: NOW, retention_asked_at: null }))

  it('who writes while she is about to be erased stays', async () => {
    const { sari, ...both } = await openWithSari(LONG_AGO)
    await both.one.transaction((tx) => changePerson(tx, sari.id, { retention_asked_at: LONG_AGO + DAY_MS }))
    await overlap(both, writes(sari.id), run('ask-the-silent'))
    expect(await both.one.transaction((tx) => findPerson(tx, sari.id))).toMatchObject({ id: sari.id, lastSeenAt: NOW })
  })

  it('who writes while she is about to be asked is not asked', async () => {
    const { sari, ...both } = await openWithSari(LONG_AGO)
    await overlap(both, writes(sari.id), run('ask-the-silent'))
    expect(await both.one.transaction((tx) => tx.selectFrom('nudge').select('kind').execute())).toEqual([])
    expect(await both.one.transaction((tx) => tx.selectFrom('person').select('retention_asked_at').execute())).toEqual([{ retention_asked_at: null }])
  })
})

describe('the morning line for a coordinator', () => {
  it('does not go out while she pauses', async () => {
    const { sari, ...both } = await openWithSari(NOW)
    await both.one.transaction(async (tx) => {
      await grantRole(tx, { person: sari.id, role: 'coordinator', by: null, now: NOW })
      await tx.insertInto('health_notice').values({ person_id: sari.id, heartbeat_on: '2026-11-20', silence_since: null }).execute()
    })
    await overlap(both, update((tx) => changePerson(tx, sari.id, { paused_at: NOW })), run('watch-over-the-clinic'))
    expect(await both.one.transaction(toldSari)).toEqual([])
  })
})
