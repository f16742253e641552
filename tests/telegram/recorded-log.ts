// A log that a test can read: what an operator would have been told.
import type { Log, LogFields } from '../../src/logging.ts'

export interface LoggedEvent {
  readonly level: keyof Log
  readonly event: string
  readonly fields: LogFields
}

export interface RecordedLog extends Log {
  readonly lines: readonly LoggedEvent[]
}

export function createRecordedLog(): RecordedLog {
  const lines: LoggedEvent[] = []
  const note = (level: keyof Log) => (event: string, fields: LogFields = {}) => void lines.push({ level, event, fields })
  return { lines, debug: note('debug'), info: note('info'), warn: note('warn'), error: note('error') }
}
