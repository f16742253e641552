// A database file of a test's own, opened as often as the test likes; gone with the test.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type Database, openDatabase } from '../../src/storage/database.ts'

export interface DatabaseFile {
  readonly path: string
  /** Opens it once more, as another process would. Closed at the end of the test. */
  open(): Promise<Database>
}

export function createDatabaseFile(): DatabaseFile {
  const folder = mkdtempSync(join(tmpdir(), 'database-'))
  const path = join(folder, 'clinic.db')
  const opened: Database[] = []
  onTestFinished(async () => {
    for (const database of opened) await database.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return {
    path,
    open: async () => {
      const database = await openDatabase(`sqlite:${path}`)
      opened.push(database)
      return database
    },
  }
}
