// What a scheduled job declares; schedule.ts runs the due ones.
import type { Speaker } from '../telegram/speaker.ts'
import type { Tx } from '../storage/database.ts'

export interface JobRun {
  readonly tx: Tx
  /** ms UTC. */
  readonly now: number
  readonly speaker: Speaker
  /** The clock was set back since the last run: times that were put into the future then are too far ahead. Told once, to the first bite. */
  readonly clockSetBack?: boolean
  /** How long the bite before this one took, ms, when it is one of several. */
  readonly lastBiteMs?: number | undefined
}

interface Timing {
  readonly name: string
  readonly everyMs: number
}

/** A job of the database: its work and its next time are committed together. */
interface InsideJob extends Timing {
  /**
   * One run, in one transaction. Works in small bites: returns true when there is more to do now.
   */
  readonly run: (run: JobRun) => Promise<boolean>
}

/** A job that no transaction may wait for, such as a backup. A crash after its work repeats it. */
interface OutsideJob extends Timing {
  readonly outside: (run: { readonly now: number }) => Promise<void>
}

export type Job = InsideJob | OutsideJob
