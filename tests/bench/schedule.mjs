// A million people have a tip schedule and ten thousand are due this minute: how long that takes to write, and what people who talk to the clinic feel of it.
// Idle and meanwhile are measured in the same process, one after the other.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SqliteFile from 'better-sqlite3'
import { fillClinic } from './parts.mjs'
import { chatIds, median, percentile, withContender } from './referee.mjs'

const PEOPLE = 1_000_000
const DUE = 10_000
/** Who talks meanwhile: none of them has a tip coming. */
const TALKERS = 300
const EVERY_MS = 20
/** Half a second of talk; it is heard out before it is looked whether the tips are written. */
const TALK = { chatIds: chatIds(TALKERS), script: ['/start gema_'], updates: 25, everyMs: EVERY_MS }
const IDLE_TALKS = 20
const HOUR_MS = 3_600_000

async function fill(folder) {
  await fillClinic(folder, PEOPLE)
  const file = new SqliteFile(join(folder, 'clinic.db'))
  file.pragma('synchronous = OFF')
  const now = Date.now()
  file.exec(`begin;
    insert into tip_schedule (person_id, weekdays, hour, next_at, updated_at)
      select id, '1,2,3,4,5,6,7', 7, ${now + 12 * HOUR_MS} + (id % 10) * ${HOUR_MS}, ${now} from person;
    insert into job (name, next_at) values ('backup', ${now + 23 * HOUR_MS});
    commit; pragma wal_checkpoint(truncate)`)
  file.close()
}

/** Lets people talk until it is over. Latencies and the contender's processor time in ms. */
async function talk(telegram, contender, isOver) {
  const before = await contender.usage()
  const latencies = []
  while (!isOver(latencies.length)) latencies.push(...(await telegram.run(TALK)).latencies)
  const { cpuMs, rssMb } = await contender.usage()
  return { latencies, cpuMs: cpuMs - before.cpuMs, rssMb }
}

async function measureRound(telegram, contender, firstPerson) {
  const enough = (said) => said >= IDLE_TALKS * TALK.updates
  // The jobs of the hour are done, and the code is warm.
  await contender.fire({ firstPerson, count: 0 })
  await talk(telegram, contender, enough)
  const idle = await talk(telegram, contender, enough)
  let fired
  const firing = contender.fire({ firstPerson, count: DUE }).then((result) => (fired = result))
  const meanwhile = await talk(telegram, contender, () => fired !== undefined)
  await firing
  if (fired.queued !== DUE) throw new Error(`${fired.queued} of ${DUE} were written.`)
  const talkMs = (idle.cpuMs / idle.latencies.length) * meanwhile.latencies.length
  return { idle, meanwhile, seconds: fired.seconds, writingMs: meanwhile.cpuMs - talkMs }
}

/** Measures so many rounds. Returns head and rows of a table of their medians. */
export async function measureSchedule(telegram, { rounds, progress }) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  try {
    progress(`filling a clinic with ${PEOPLE} tip schedules`)
    await fill(folder)
    const measured = []
    for (let round = 1; round <= rounds; round += 1) {
      progress(`round ${round} of ${rounds}: ${DUE} due of ${PEOPLE}`)
      const firstPerson = PEOPLE / 2 + round * DUE
      measured.push(await withContender(telegram, 'scheduled', (contender) => measureRound(telegram, contender, firstPerson), { folder }))
    }
    const middle = (of, digits = 1) => median(measured.map(of)).toFixed(digits)
    const both = (of) => `${middle((one) => percentile(of(one).latencies, 0.5))} / ${middle((one) => percentile(of(one).latencies, 0.95))}`
    const ratio = (share) => middle(({ idle, meanwhile }) => percentile(meanwhile.latencies, share) / percentile(idle.latencies, share), 2)
    return [['10,000 tips due of 1,000,000 schedules', `median of ${rounds}`], [
      ['until all are written, while people talk, seconds', middle(({ seconds }) => seconds, 0)],
      ['CPU of writing and sending what left meanwhile, seconds', middle(({ writingMs }) => writingMs / 1000)],
      ['memory before / after, MB', `${middle(({ idle }) => idle.rssMb, 0)} / ${middle(({ meanwhile }) => meanwhile.rssMb, 0)}`],
      ['answer to one who talks, idle, p50 / p95 ms', both(({ idle }) => idle)],
      ['meanwhile, p50 / p95 ms', both(({ meanwhile }) => meanwhile)],
      ['meanwhile against idle, p50 / p95', `${ratio(0.5)} x / ${ratio(0.95)} x`],
    ]]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
