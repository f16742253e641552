// The command that backs the database up now, whether the clinic runs or not. How is in src/operations/.
import { existsSync } from 'node:fs'
import SqliteFile from 'better-sqlite3'
import { backUp, LAST_BACKUP } from '../operations/backup.ts'
import { recordErasures } from '../operations/erasure-record.ts'
import { tombstonesIn } from '../operations/database-file.ts'
import { isLeftToPostgres, runCommand } from './operator-command.ts'

await runCommand(async ({ clinic, clinicSecret, config, folder }) => {
  if (isLeftToPostgres(config, 'dump', Date.now())) return 1
  if (!existsSync(folder.database)) {
    console.error(`There is no database at ${folder.database} yet; the first start of the clinic makes it.`)
    return 1
  }
  const now = Date.now()
  recordErasures(folder.erasures, clinicSecret, tombstonesIn(folder.database))
  const { file, sizeBytes, removedCount } = await backUp(folder, { keptDays: clinic.limits.backupKeptDays, now })
  noteTime(folder.database, now)
  console.log(`${file} (${(sizeBytes / 1_000_000).toFixed(1)} MB), checked.`)
  if (removedCount > 0) console.log(`${removedCount} removed that were kept longer than ${clinic.limits.backupKeptDays} days.`)
  return 0
})

/** Beside a clinic that may be running, of whatever version: no migration, one small write. */
function noteTime(database: string, at: number): void {
  const db = new SqliteFile(database, { timeout: 10_000 })
  try {
    db.prepare('insert into meta (key, value) values (?, ?) on conflict (key) do update set value = excluded.value').run(LAST_BACKUP, String(at))
  } finally {
    db.close()
  }
}
