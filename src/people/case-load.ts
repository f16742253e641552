// How busy volunteers are, as whoever keeps cases counts it. A port: the feature list says who does.
import type { Tx } from '../storage/database.ts'

export interface Load {
  /** Cases she works on now. */
  readonly open: number
  /** Cases she took in the last seven days. */
  readonly week: number
  /** Usual time until she answers, ms; null when nothing is known. */
  readonly answerMs: number | null
}

export interface CaseLoad {
  /** By person id, at `now` (ms UTC); who has no case may be missing. */
  readonly loadOf: (tx: Tx, people: readonly number[], now: number) => Promise<ReadonlyMap<number, Load>>
}

export const NO_LOAD: Load = { open: 0, week: 0, answerMs: null }
