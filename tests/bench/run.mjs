// Measures the clinic beside the alternatives and prints tables. All numbers of one table come from the same run: compare ratios.
// Usage: npm run bench [-- --rounds 5 --chats 1000] or one table of it: npm run bench -- --only contenders (or sizes, schedule, parts, cases)
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { desk } from './cases.mjs'
import { SCRIPT } from './form.mjs'
import { drawing, fillClinic, outbox, villageSearch } from './parts.mjs'
import { chatIds, median, openTelegram, percentile, withContender } from './referee.mjs'
import { measureSchedule } from './schedule.mjs'

const { values: options } = parseArgs({ options: { rounds: { type: 'string', default: '5' }, chats: { type: 'string', default: '1000' }, only: { type: 'string' } } })
const wants = (table) => options.only === undefined || options.only === table
const ROUNDS = Number(options.rounds)
const CHATS = Number(options.chats)
/**
 * People look at a question for a moment before they answer; the clinic holds back what was written before it could be seen.
 * A thousand of them can say ten thousand things a second then: more than any contender that waits for them takes.
 */
const READ_MS = 100
const PACED_SECONDS = 5

const ECHO = 'echo on the grammY runner (keeps nothing)'
const CONTENDERS = [
  { name: ECHO, start: 'echo', run: { script: ['Halo, apa kabar?'] }, updates: 20 * CHATS },
  { name: 'clinic: one change, one reply', start: 'clinic', run: { script: ['/start gema_'], readMs: READ_MS }, updates: SCRIPT.length * CHATS },
  { name: 'clinic: twelve-question form', start: 'clinic', run: { readMs: READ_MS }, updates: SCRIPT.length * CHATS, form: true },
  { name: 'the form on @grammyjs/conversations + SQLite', start: 'conversations', run: { readMs: READ_MS }, updates: SCRIPT.length * CHATS, form: true },
  { name: `the form on telegraf-session-local`, start: 'session-local', run: { readMs: READ_MS }, updates: 2 * CHATS, form: true },
]

const print = (line = '') => process.stdout.write(`${line}\n`)
const progress = (line) => process.stderr.write(`${line}\n`)

function table(head, rows) {
  print(`| ${head.join(' | ')} |`)
  print(`|${head.map((_, at) => (at === 0 ? '---' : '---:')).join('|')}|`)
  for (const row of rows) print(`| ${row.join(' | ')} |`)
  print()
}

/** Warms a contender up with one form of each chat, then measures it at full speed and at half of it. */
async function measure(telegram, { start, run, updates, form }) {
  const talk = { chatIds: chatIds(CHATS), ...run }
  const full = await withContender(telegram, start, async (contender) => {
    await contender.run({ ...talk, updates })
    const atOnce = await contender.run({ ...talk, updates })
    const everyMs = 2000 / atOnce.perSecond
    const paced = await contender.run({ ...talk, updates: Math.ceil((PACED_SECONDS * 1000) / everyMs), everyMs })
    return { ...atOnce, latencies: paced.latencies, startMs: contender.startMs }
  })
  if (!form) return full
  // Everyone one answer before the review: what a full form takes while it waits.
  const conversationBytes = await withContender(telegram, start, async (contender) => {
    await contender.run({ ...talk, chatIds: chatIds(100), updates: 100 * (SCRIPT.length - 2) })
    return contender.bytesPerConversation()
  })
  return { ...full, conversationBytes }
}

async function compareContenders(telegram) {
  const measured = new Map(CONTENDERS.map(({ name }) => [name, []]))
  for (let round = 1; round <= ROUNDS; round += 1) {
    for (const contender of CONTENDERS) {
      progress(`round ${round} of ${ROUNDS}: ${contender.name}`)
      measured.get(contender.name).push(await measure(telegram, contender))
    }
  }
  const middle = (name, of) => median(measured.get(name).map(of))
  const rows = CONTENDERS.map(({ name, form }) => {
    // A ratio is taken within a round, where the machine was the same for both.
    const ratio = median(measured.get(name).map((one, round) => one.cpuMs / measured.get(ECHO)[round].cpuMs))
    const latency = (share) => middle(name, ({ latencies }) => percentile(latencies, share)).toFixed(1)
    return [
      name,
      middle(name, ({ callsPerUpdate }) => callsPerUpdate).toFixed(2),
      middle(name, ({ perSecond }) => perSecond).toFixed(0),
      middle(name, ({ cpuMs }) => cpuMs).toFixed(3),
      `${ratio.toFixed(1)} x`,
      `${latency(0.5)} / ${latency(0.95)} / ${latency(0.99)}`,
      middle(name, ({ startMs }) => startMs).toFixed(0),
      middle(name, ({ rssMb }) => rssMb).toFixed(0),
      form ? middle(name, ({ conversationBytes }) => conversationBytes).toFixed(0) : '-',
    ]
  })
  print(`Medians of ${ROUNDS} rounds, ${CHATS} chats, Node ${process.versions.node}; latency at half of each one's own full speed.`)
  print()
  table(['contender', 'calls / update', 'updates / s', 'CPU ms / update', 'CPU vs echo', 'latency p50 / p95 / p99 ms', 'start to first poll ms', 'memory MB', 'bytes / open form'], rows)
}

async function compareSizes(telegram) {
  const sizes = [1000, 1_000_000]
  const folders = new Map()
  try {
    for (const people of sizes) {
      progress(`filling a clinic with ${people} people`)
      folders.set(people, mkdtempSync(join(tmpdir(), 'bench-')))
      await fillClinic(folders.get(people), people)
    }
    const costs = new Map(sizes.map((people) => [people, []]))
    for (let round = 1; round <= ROUNDS; round += 1) {
      for (const people of sizes) {
        progress(`round ${round} of ${ROUNDS}: ${people} people`)
        const talk = { chatIds: chatIds(1000, people / 1000), readMs: READ_MS, updates: SCRIPT.length * 1000 }
        const { cpuMs } = await withContender(telegram, 'clinic', async (contender) => {
          await contender.run(talk)
          return contender.run(talk)
        }, { folder: folders.get(people) })
        costs.get(people).push(cpuMs)
      }
    }
    const [few, many] = sizes.map((people) => costs.get(people))
    table(['people', 'CPU ms / update', 'ratio'], [
      ['1,000', median(few).toFixed(3), '1'],
      ['1,000,000', median(many).toFixed(3), median(many.map((cost, round) => cost / few[round])).toFixed(2)],
    ])
  } finally {
    for (const folder of folders.values()) rmSync(folder, { recursive: true, force: true })
  }
}

async function compareParts() {
  progress('single parts')
  const searches = []
  const pictures = []
  const rows = []
  for (let round = 0; round < ROUNDS; round += 1) {
    searches.push(await villageSearch())
    pictures.push(await drawing())
    rows.push(await outbox())
  }
  table(['part', 'cost'], [
    ['village search, p50 / p95', `${median(searches.map(({ p50 }) => p50)).toFixed(2)} / ${median(searches.map(({ p95 }) => p95)).toFixed(2)} ms`],
    ['picture, CPU: member card / radar / radar then and now / history', `${['card', 'radar', 'thenAndNow', 'history'].map((kind) => median(pictures.map((costs) => costs[kind])).toFixed(1)).join(' / ')} ms`],
    ['outbox row claimed and settled, CPU', `${median(rows).toFixed(0)} us`],
  ])
}

/** The desk with ten thousand cases waiting. */
async function measureDesk() {
  progress('desk')
  const costs = await desk()
  table(['10,000 cases wait, 500 volunteers are on duty', 'p50', 'p95', 'CPU'], Object.entries(costs).map(([name, { p50, p95, cpu }]) => [name, ...[p50, p95, cpu].map((ms) => `${ms.toFixed(2)} ms`)]))
}

const telegram = await openTelegram()
try {
  if (wants('contenders')) await compareContenders(telegram)
  if (wants('sizes')) await compareSizes(telegram)
  if (wants('schedule')) table(...(await measureSchedule(telegram, { rounds: ROUNDS, progress })))
} finally {
  telegram.close()
}
if (wants('parts')) await compareParts()
if (wants('cases')) await measureDesk()
