// Starts the fake Telegram and one contender at a time, lets people talk to it, and measures the contender's own process.
import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SCRIPT } from './form.mjs'

const here = (name) => new URL(name, import.meta.url).pathname
/** What a process does after its last reply still counts. */
const TAIL_MS = 300

/** The next message of a process that carries this. */
function hear(child, key) {
  return new Promise((resolve, reject) => {
    const onMessage = (message) => {
      if (!(key in message)) return
      child.off('message', onMessage).off('exit', onExit)
      resolve(message[key])
    }
    const onExit = (code) => reject(new Error(`${child.spawnfile} ended with ${code} before it told "${key}"`))
    child.on('message', onMessage).on('exit', onExit)
  })
}

async function ask(child, key, more) {
  const answer = hear(child, key)
  child.send({ ask: key, more })
  return answer
}

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

export async function openTelegram() {
  const child = fork(here('telegram.mjs'))
  const apiRoot = await hear(child, 'apiRoot')
  return {
    apiRoot,
    /** Lets the chats talk; resolves when every update has its answer. */
    run: async (start) => {
      const done = hear(child, 'done')
      child.send({ start: { script: SCRIPT, ...start } })
      return done
    },
    forget: async () => {
      const forgotten = hear(child, 'forgotten')
      child.send({ forget: true })
      await forgotten
    },
    /** When the bot asked for updates first, ms UTC; waits for it. */
    firstPoll: async () => {
      for (;;) {
        const at = hear(child, 'firstPollAt')
        child.send({ firstPoll: true })
        const found = await at
        if (found !== null) return found
        await sleep(5)
      }
    },
    close: () => child.kill(),
  }
}

/** Opens a contender in a new folder (or a given one) and lets `work` use it. */
export async function withContender(telegram, name, work, { folder, execArgv = [] } = {}) {
  const own = folder ?? mkdtempSync(join(tmpdir(), 'bench-'))
  await telegram.forget()
  const startedAt = Date.now()
  const child = fork(here('contender.mjs'), [name, telegram.apiRoot, own], { execArgv, env: { ...process.env, NODE_ENV: 'production' } })
  child.on('exit', (code) => {
    if (code) process.stderr.write(`${name} ended with ${code}\n`)
  })
  try {
    const startMs = (await telegram.firstPoll()) - startedAt
    return await work({
      startMs,
      usage: () => ask(child, 'usage'),
      bytesPerConversation: () => ask(child, 'conversations'),
      /** Lets what is due be written, see contenders/scheduled.mjs. */
      fire: (more) => ask(child, 'fired', more),
      /** As `telegram.run`, with what it cost this process. */
      run: async (start) => {
        const before = await ask(child, 'usage')
        const done = await telegram.run(start)
        await sleep(TAIL_MS)
        const after = await ask(child, 'usage')
        return { ...done, rssMb: after.rssMb, perSecond: start.updates / done.seconds, cpuMs: (after.cpuMs - before.cpuMs) / start.updates, systemMs: (after.systemMs - before.systemMs) / start.updates, callsPerUpdate: done.calls / start.updates }
      },
    })
  } finally {
    const gone = new Promise((resolve) => child.on('exit', resolve))
    child.send({ ask: 'stop' })
    await gone
    if (!folder) rmSync(own, { recursive: true, force: true })
  }
}

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)]
}

export function percentile(values, share) {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
}

/** Ids of chats: `count` of them, `every` apart. */
export const chatIds = (count, every = 1) => Array.from({ length: count }, (_, at) => 1000 + at * every)
