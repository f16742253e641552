// Holds that one notice which can't be made holds up nobody else's, and is not tried again and again.
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { loadClinic } from '../../../src/content/clinic.ts'
import { createFacts } from '../../../src/content/facts.ts'
import { createDelivering } from '../../../src/features/notices/delivering.ts'
import { createTranslator } from '../../../src/i18n/translator.ts'
import { createLogger } from '../../../src/logging.ts'
import { packageRoot } from '../../../src/package-root.ts'
import { createPerson } from '../../../src/people/store.ts'
import { dueNudges, moveNudge, setNudge } from '../../../src/people/nudge.ts'
import { composeEach, type NoticeKind, settleEach } from '../../../src/telegram/notice.ts'
import { createSpeaker } from '../../../src/telegram/speaker.ts'
import { dataFile } from '../../content/samples.ts'
import { openTestDatabase } from '../../storage/test-database.ts'

/** Monday, 23 November 2026, 09.00 WIB. */
const MONDAY = Date.UTC(2026, 10, 23, 2)
const ILL_FATED = 7_001
const SARI = 7_002

/** Says one word to everybody, but has none for one of them. */
const kind: NoticeKind = {
  name: 'plan',
  rank: 'plan',
  staleAfterMs: 3_600_000,
  due: (tx, query) => dueNudges(tx, 'plan', query),
  compose: composeEach(async ({ person }) => {
    if (person.telegramId === ILL_FATED) throw new Error('no words')
    return { html: 'Halo' }
  }),
  settle: settleEach((tx, { person }) => moveNudge(tx, person, 'plan', null)),
  postpone: (tx, { person }, until) => moveNudge(tx, person, 'plan', until),
  followClock: async () => {},
}

it('says the others theirs, and leaves the one out with a reason', async () => {
  const database = await openTestDatabase()
  onTestFinished(() => database.close())
  const speaker = createSpeaker({ translator: createTranslator(join(packageRoot(), 'locales')), facts: createFacts([]) })
  const job = createDelivering({ clinic: loadClinic(dataFile('clinic.yaml')), kinds: () => [kind], log: createLogger({ level: 'silent' }) })
  await database.transaction(async (tx) => {
    for (const telegramId of [ILL_FATED, SARI]) await setNudge(tx, (await createPerson(tx, telegramId, MONDAY)).id, 'plan', { nextAt: MONDAY, since: MONDAY })
  })
  if (!('run' in job)) throw new Error('Delivering works inside a transaction.')
  for (let ticks = 0; ticks < 2; ticks += 1) await database.transaction((tx) => job.run({ tx, now: MONDAY, speaker }))
  const planned = await database.transaction((tx) =>
    tx.selectFrom('delivery').innerJoin('person', 'person.id', 'delivery.person_id').select(['person.telegram_id', 'delivery.state', 'delivery.reason']).orderBy('delivery.id').execute(),
  )
  expect(planned).toEqual([
    { telegram_id: ILL_FATED, state: 'skipped', reason: 'failed' },
    { telegram_id: SARI, state: 'queued', reason: null },
  ])
})
