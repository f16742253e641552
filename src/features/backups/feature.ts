// Keeps the clinic's promises when a disk is lost: a backup every day, and erasures remembered beside the database.
import type { ClinicLimits } from '../../content/clinic.ts'
import type { Log } from '../../logging.ts'
import { backUp, noteBackup } from '../../operations/backup.ts'
import { dataFolderOf } from '../../operations/data-folder.ts'
import { recordErasures } from '../../operations/erasure-record.ts'
import { readTombstones } from '../../people/erasure.ts'
import type { Job } from '../../schedule/job.ts'
import type { Database } from '../../storage/database.ts'
import { defineFeature, type Feature } from '../../telegram/feature.ts'

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

export interface BackupsDeps {
  readonly database: Database
  /** The database's. */
  readonly file: string
  readonly limits: Pick<ClinicLimits, 'backupKeptDays'>
  readonly clinicSecret: string
  readonly log: Log
}

export function createBackups({ database, file, limits, clinicSecret, log }: BackupsDeps): Feature {
  const folder = dataFolderOf(file)
  const remember = async () => recordErasures(folder.erasures, clinicSecret, await database.transaction(readTombstones))

  const erasures: Job = { name: 'remember-erasures', everyMs: MINUTE_MS, outside: remember }
  const backup: Job = {
    name: 'backup',
    everyMs: DAY_MS,
    outside: async ({ now }) => {
      // Whoever copies the folder away right after a backup has the erasures up to it.
      await remember()
      const { sizeBytes, removedCount } = await backUp(folder, { keptDays: limits.backupKeptDays, now })
      await database.transaction((tx) => noteBackup(tx, now))
      log.info('backup.made', { sizeBytes, removedCount })
    },
  }
  return defineFeature({ name: 'backups', jobs: [backup, erasures] })
}
