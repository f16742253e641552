// What the desk costs with a full queue: 10,000 cases that wait and 500 volunteers on duty. Each deed is one transaction on SQLite, measured inside this process.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SqliteFile from 'better-sqlite3'
import { createCardWords, readCard } from '../../dist/src/cases/card.js'
import { letHappen } from '../../dist/src/cases/happening.js'
import { rankVolunteers } from '../../dist/src/cases/match.js'
import { createOffering } from '../../dist/src/cases/offering.js'
import { createCasePost } from '../../dist/src/cases/post.js'
import { countWaiting, dueCases, findCase, loadsOf, queue } from '../../dist/src/cases/store.js'
import { createFacts, loadFacts } from '../../dist/src/content/facts.js'
import { loadClinic } from '../../dist/src/content/clinic.js'
import { loadHelpTopics } from '../../dist/src/content/help-topics.js'
import { createTranslator } from '../../dist/src/i18n/translator.js'
import { volunteersOnDuty } from '../../dist/src/people/volunteer-store.js'
import { openDatabase } from '../../dist/src/storage/database.js'
import { createSpeaker } from '../../dist/src/telegram/speaker.js'
import { percentile } from './referee.mjs'

const CASES = 10_000
const VOLUNTEERS = 500
const DAY_MS = 86_400_000

/** Fills a database: owners with a case each, volunteers with what they offer, and what they held and were offered in three months. */
function fill(path, now) {
  const file = new SqliteFile(path)
  file.pragma('synchronous = OFF')
  const numbers = (count) => `with recursive n(i) as (select 0 union all select i + 1 from n where i + 1 < ${count})`
  const [owners, team] = [CASES, CASES + VOLUNTEERS]
  file.exec(`begin;
    insert into person (telegram_id, given_name, honorific, adult, time_zone, created_at, last_seen_at) ${numbers(team)} select 1000 + i, 'Sari', 'ibu', 1, 'Asia/Jakarta', ${now}, ${now} from n;
    insert into business (person_id, name, sector, village_code, licences, created_at, updated_at) ${numbers(owners)} select i + 1, 'Warung Bu Sari', 'kuliner', '35.07.26.2003', '{}', ${now}, ${now} from n;
    insert into consent (person_id, purpose, version, text_hash, given_at) ${numbers(owners)} select i + 1, 'contact', '1', 'x', ${now} from n;
    insert into help_case (number, person_id, state, topic, area, urgent, front, circle, waiting_since, last_at, due_at, created_at)
      ${numbers(owners)} select i + 1, i + 1, 'waiting', 'qris', 'transaksi', i % 100 = 0, i % 10 = 0, 0, ${now - DAY_MS} + i, ${now - DAY_MS} + i, ${now} + i * 1000, ${now - DAY_MS} + i from n;
    insert into case_message (case_id, author_id, body, created_at) ${numbers(owners)} select i + 1, i + 1, 'Kode QRIS saya tidak bisa dipindai pembeli, hubungi 0812 3456 7890', ${now} from n;
    insert into role (person_id, role, granted_at) ${numbers(VOLUNTEERS)} select ${owners} + i + 1, 'volunteer', ${now} from n;
    insert into volunteer (person_id, state, shown_name, areas, sectors, languages, regions, weekly_load, expert_in, on_duty, quiet_from, quiet_until, news, digest_hour, offered_at, created_at, updated_at)
      ${numbers(VOLUNTEERS)} select ${owners} + i + 1, 'active', 'Budi', case i % 3 when 0 then '["transaksi"]' when 1 then '[]' else '["info"]' end, '[]', '["id"]', case i % 4 when 0 then '["35.07"]' else '[]' end, 5, '[]', 1, 0, 0, 'instant', 7, ${now} - i, ${now}, ${now} from n;
    insert into help_case (number, person_id, state, outcome, circle, waiting_since, last_at, created_at, closed_at, answered_at)
      ${numbers(20_000)} select 100000 + i, i % ${owners} + 1, 'closed', 'solved', 0, ${now - 90 * DAY_MS}, ${now - 90 * DAY_MS} + i, ${now - 90 * DAY_MS} + i, ${now - 80 * DAY_MS} + i * 300000, ${now - 89 * DAY_MS} + i from n;
    insert into case_assignment (case_id, person_id, role, since, until, ended_as) ${numbers(20_000)} select ${owners} + i + 1, ${owners} + i % ${VOLUNTEERS} + 1, 'lead', ${now - 90 * DAY_MS} + i, ${now - 80 * DAY_MS} + i, 'confirm' from n;
    insert into case_card (case_id, person_id, chat_id, created_at, retired_at) ${numbers(120_000)} select ${owners} + i / 6 + 1, ${owners} + i % ${VOLUNTEERS} + 1, 1000 + ${owners} + i % ${VOLUNTEERS}, ${now - 90 * DAY_MS} + i * 60, ${now - 80 * DAY_MS} from n;
    commit; pragma wal_checkpoint(truncate); analyze`)
  file.close()
}

function openOffering() {
  const speaker = createSpeaker({ translator: createTranslator('locales'), facts: createFacts(loadFacts('data/facts.yaml')) })
  const post = createCasePost({ speaker, quiet: loadClinic('data/clinic.yaml') })
  const words = createCardWords({ speaker, topics: loadHelpTopics('data/help-topics.yaml'), sectorName: (id) => id })
  return createOffering({ post, words, volunteerChatId: undefined })
}

const WARMING = 10

/** Milliseconds of each deed, commit included: p50 and p95 as a clock sees them, and what it keeps a processor busy on average. */
export async function desk(rounds = 100) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  const url = `sqlite:${join(folder, 'clinic.db')}`
  await (await openDatabase(url)).close()
  const now = Date.now()
  fill(join(folder, 'clinic.db'), now)
  const database = await openDatabase(url)
  const offering = openOffering()
  const volunteer = (round) => CASES + (round % VOLUNTEERS) + 1
  const deeds = {
    'head of the queue, for a coordinator': (tx) => queue(tx, 10),
    'head of the queue, for a volunteer': (tx) => queue(tx, 50, 'volunteers'),
    'how many wait, for a volunteer': (tx) => countWaiting(tx, 'volunteers'),
    'what is due': (tx) => dueCases(tx, now, 20),
    'volunteers found and ranked': async (tx, round) => {
      const of = await findCase(tx, round + 1)
      const { sector, village, language } = await readCard(tx, of)
      const onDuty = await volunteersOnDuty(tx, now, of.area)
      const loads = await loadsOf(tx, of.personId, now)
      return rankVolunteers({ owner: of.personId, area: of.area, sector, village, language, urgent: of.urgent }, onDuty, loads, 'fitting', now)
    },
    'offered to six, with their cards': async (tx, round) => offering.offer({ tx, now }, await findCase(tx, 1000 + round)),
    'taken': (tx, round) => letHappen(tx, { caseId: 2000 + round, event: { type: 'claim' }, by: volunteer(round), now }),
    'given back': (tx, round) => letHappen(tx, { caseId: 2000 + round, event: { type: 'release' }, by: volunteer(round), now }),
  }
  try {
    const results = {}
    for (const [name, deed] of Object.entries(deeds)) {
      const times = []
      let busy = process.cpuUsage()
      for (let round = 0; round < rounds + WARMING; round += 1) {
        if (round === WARMING) busy = process.cpuUsage()
        const from = performance.now()
        await database.transaction((tx) => deed(tx, round))
        if (round >= WARMING) times.push(performance.now() - from)
      }
      const { user, system } = process.cpuUsage(busy)
      results[name] = { p50: percentile(times, 0.5), p95: percentile(times, 0.95), cpu: (user + system) / 1000 / rounds }
    }
    return results
  } finally {
    await database.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
