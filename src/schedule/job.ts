// What a scheduled job declares; tick.ts runs the due ones.
import type { Speaker } from '../telegram/speaker.ts'
import type { Tx } from '../storage/database.ts'

export interface JobRun {
  readonly tx: Tx
  /** ms UTC. */
  readonly now: number
  readonly speaker: Speaker
}

export interface Job {
  readonly name: string
  readonly everyMs: number
  /**
   * One run, in one transaction. Works in small bites: returns true when there is more to do now.
   */
  readonly run: (run: JobRun) => Promise<boolean>
}
