// Applies updates exactly once, each in a savepoint of its own, replies as rows of the same commit. Where one process has the database to
// itself, a batch is one transaction; where several share it, each update is one, behind a lock on whoever sent it.
// What an update means is the router's; sending is the dispatcher's.
import type { Update } from 'grammy/types'
import { passPoint } from '../fault-point.ts'
import type { Log } from '../logging.ts'
import { lockPerson } from '../people/hold.ts'
import { type Database, savepoint, TransactionLostError, type Tx } from '../storage/database.ts'
import { queueOf } from './origin.ts'
import { clearAttempts, countAttempts, type Failure, markSeen, recordFailure, setAttempts } from './update-store.ts'

export interface TapAnswer {
  readonly callbackQueryId: string
  readonly text?: string
}

/** What became of an update; `repeated`: it was applied before. */
export type UpdateOutcome = 'applied' | 'failed' | 'quarantined' | 'repeated'

/** Told of every update after its commit. */
export type UpdateObserver = (update: { readonly outcome: UpdateOutcome; /** From its arrival to the commit. */ readonly tookMs: number }) => void

export interface UnitOfWorkDeps {
  readonly database: Database
  readonly botId: number
  readonly now: () => number
  readonly log: Log
  /** Applies one update inside the transaction. */
  readonly handle: (tx: Tx, update: Update, now: number, answerTap: (note: { text: string }) => void) => Promise<void>
  /** Tells the person, in the transaction, that her message could not be handled. */
  readonly apologise: (tx: Tx, update: Update, reference: string, now: number) => Promise<void>
  /** Stops the spinner of tapped buttons; called after the commit, also for updates seen before. */
  readonly answerTaps: (answers: readonly TapAnswer[]) => void
  /** Called after each commit: there may be something to send. */
  readonly committed: () => void
  readonly observe?: UpdateObserver | undefined
}

/** An update that was in a process that died this often is tried alone; should that end the process too, it is set aside. */
const DEATHS_BEFORE_ALONE = 2
/** Counts of attempts: one of several that may have ended the process, and the one that was tried alone when it did. */
const SUSPECT = DEATHS_BEFORE_ALONE + 1
const TRIED_ALONE = SUSPECT + 1

export interface UnitOfWork {
  /** Applies updates in order. When it resolves they are committed and may be confirmed to Telegram. @throws when the database can't be written. */
  apply(updates: readonly Update[], arrivals?: Arrivals): Promise<void>
}

/** Updates of different people that one process applies at the same time. */
const MOST_AT_ONCE = 4

/** When updates came in that were stored before they are applied, ms UTC by update id; the others came in just now. */
export type Arrivals = ReadonlyMap<number, number>
type ArrivedAt = (update: Update) => number

export function createUnitOfWork(deps: UnitOfWorkDeps): UnitOfWork {
  const { database, log, observe } = deps

  async function apply(updates: readonly Update[], arrivals?: Arrivals): Promise<void> {
    if (updates.length === 0) return
    const begunAt = observe ? deps.now() : 0
    const arrivedAt = (update: Update) => arrivals?.get(update.update_id) ?? begunAt
    const attempts = await database.quickTransaction((tx) => countAttempts(tx, [...new Set(updates.map((one) => one.update_id))], SUSPECT))
    if (Math.max(...attempts.values()) < SUSPECT) {
      await (database.shared ? applySideBySide : applyTogether)(updates, arrivedAt)
      return
    }
    // One of these ends the process. Each runs alone now, and only the one that runs is written down as tried alone.
    for (const update of updates) {
      if (attempts.get(update.update_id) === TRIED_ALONE) {
        await quarantine(update)
        observe?.({ outcome: 'quarantined', tookMs: deps.now() - arrivedAt(update) })
        continue
      }
      await database.quickTransaction((tx) => setAttempts(tx, update.update_id, TRIED_ALONE))
      await applyTogether([update], arrivedAt)
    }
  }

  /** Several at a time, but those of one person in their order: a lock for each of a whole batch would be a deadlock between processes. */
  async function applySideBySide(updates: readonly Update[], arrivedAt: ArrivedAt): Promise<void> {
    const queues = new Map<number, Update[]>()
    for (const update of updates) {
      const queue = queues.get(queueOf(update))
      if (queue) queue.push(update)
      else queues.set(queueOf(update), [update])
    }
    const waiting = queues.values()
    const problems: unknown[] = []
    const worker = async () => {
      for (const queue of waiting) {
        try {
          for (const update of queue) await applyTogether([update], arrivedAt)
        } catch (error) {
          // What this one's database error was does not concern the others.
          problems.push(error)
        }
      }
    }
    await Promise.all(Array.from({ length: MOST_AT_ONCE }, worker))
    if (problems.length > 0) throw problems[0]
  }

  async function applyTogether(updates: readonly Update[], arrivedAt: ArrivedAt): Promise<void> {
    const taps = new Map<string, TapAnswer>()
    let outcomes: readonly UpdateOutcome[]
    try {
      outcomes = await database.transaction(async (tx) => {
        passPoint('update.begun')
        const applied: UpdateOutcome[] = []
        for (const update of updates) applied.push(await applyOne(tx, update, taps))
        await clearAttempts(tx, updates.map((one) => one.update_id))
        passPoint('update.applied')
        return applied
      })
    } catch (error) {
      if (isOfTheMachine(error)) await forgetAttempts(updates)
      // The transaction itself is spoiled (disk full, a lock): one bad update must not take the others with it.
      if (updates.length === 1) throw error
      log.warn('update.batch-retried-one-by-one', { updateCount: updates.length, err: error })
      for (const update of updates) await applyTogether([update], arrivedAt)
      return
    }
    passPoint('update.committed')
    deps.answerTaps([...taps.values()])
    deps.committed()
    if (!observe) return
    const committedAt = deps.now()
    for (const [at, update] of updates.entries()) observe({ outcome: outcomes[at]!, tookMs: committedAt - arrivedAt(update) })
  }

  /** However long a disk is full, nobody's message is set aside for it. */
  async function forgetAttempts(updates: readonly Update[]): Promise<void> {
    try {
      await database.quickTransaction((tx) => clearAttempts(tx, updates.map((one) => one.update_id)))
    } catch (error) {
      log.warn('update.attempts-not-forgotten', { updateCount: updates.length, err: error })
    }
  }

  async function applyOne(tx: Tx, update: Update, taps: Map<string, TapAnswer>): Promise<UpdateOutcome> {
    const now = deps.now()
    const callbackQueryId = update.callback_query?.id
    if (callbackQueryId !== undefined) taps.set(callbackQueryId, { callbackQueryId })
    await lockPerson(tx, queueOf(update))
    if (!(await markSeen(tx, deps.botId, update.update_id, now))) return 'repeated'
    try {
      await savepoint(tx, () =>
        deps.handle(tx, update, now, ({ text }) => {
          if (callbackQueryId !== undefined) taps.set(callbackQueryId, { callbackQueryId, text })
        }),
      )
      passPoint('update.handled', update.update_id)
      return 'applied'
    } catch (error) {
      if (error instanceof TransactionLostError) throw error
      const failure: Failure = { outcome: 'failed', update, reference: referenceOf(update), error, now }
      log.error('update.failed', { updateId: update.update_id, ref: failure.reference, err: error })
      await setAside(tx, failure)
      return 'failed'
    }
  }

  async function quarantine(update: Update): Promise<void> {
    const now = deps.now()
    const failure: Failure = { outcome: 'quarantined', update, reference: referenceOf(update), error: new Error('ended the process'), now }
    log.error('update.quarantined', { updateId: update.update_id, ref: failure.reference })
    await database.transaction(async (tx) => {
      if (await markSeen(tx, deps.botId, update.update_id, now)) {
        await setAside(tx, failure)
      }
      await clearAttempts(tx, [update.update_id])
    })
    deps.committed()
  }

  /** Keeps what could not be applied. An apology that can't be made must not hold up everyone else. */
  async function setAside(tx: Tx, failure: Failure): Promise<void> {
    const { update, reference, now } = failure
    await recordFailure(tx, failure)
    try {
      await savepoint(tx, () => deps.apologise(tx, update, reference, now))
    } catch (error) {
      if (error instanceof TransactionLostError) throw error
      log.error('update.apology-failed', { updateId: update.update_id, ref: reference, err: error })
    }
  }

  return { apply }
}

/** No room, a disk or a connection that fails; SQLite's names, and PostgreSQL's classes 08, 53, 57 and 58. */
const TROUBLE_OF_THE_MACHINE = /^(SQLITE_(BUSY|CANTOPEN|FULL|IOERR|READONLY)|(08|53|57|58)\w{3}$|ECONN)/

/** Whether it would have met any other update as well. */
function isOfTheMachine(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) if ('code' in at && TROUBLE_OF_THE_MACHINE.test(String(at.code))) return true
  return false
}

/** A short word a person can read out to a coordinator. */
function referenceOf(update: Update): string {
  return update.update_id.toString(36).slice(-5).toUpperCase()
}
