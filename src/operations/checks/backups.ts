// Looks at how old the last backup is, and whether erasures can be applied again after a restore.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { findClinicSecret } from '../../clinic-secret.ts'
import { LAST_BACKUP, listBackups } from '../backup.ts'
import { readIfPossible } from '../database-file.ts'
import type { DataFolder } from '../data-folder.ts'
import { OtherSecretError, readErasureRecord } from '../erasure-record.ts'
import { describeDuration, type Finding, ok, problem, warning } from '../finding.ts'

/** A running clinic makes one every day. */
const OLD_MS = 2 * 86_400_000

/** @param given `clinicSecret`: of the environment, if it stands there. `now`: ms UTC. */
export async function checkBackups(folder: DataFolder, given: { readonly clinicSecret: string | undefined; readonly now: number }): Promise<readonly Finding[]> {
  if (!existsSync(folder.database)) return []
  const findings = [await checkAge(folder, given.now)]
  const clinicSecret = given.clinicSecret ?? (await findClinicSecret(folder.folder))
  try {
    if (!existsSync(folder.erasures)) findings.push(ok('erasures', 'none to remember'))
    else if (clinicSecret !== undefined) findings.push(ok('erasures', `${readErasureRecord(folder.erasures, clinicSecret).length} remembered for a restore`))
    else findings.push(problem('erasures', 'the clinic secret is gone', `Put it back: CLINIC_SECRET, or the file ${join(folder.folder, 'clinic-secret')}.`))
  } catch (error) {
    if (!(error instanceof OtherSecretError)) throw error
    findings.push(problem('erasures', 'they are recorded with another clinic secret', 'Put the old CLINIC_SECRET back: else a restored backup brings erased people back.'))
  }
  return findings
}

async function checkAge(folder: DataFolder, now: number): Promise<Finding> {
  const noted = readIfPossible(folder.database, (db) => db.prepare<[string], { value: string }>('select value from meta where key = ?').get(LAST_BACKUP))
  const newest = (await listBackups(folder)).findLast(({ kind }) => kind === 'backup')
  const at = noted ? Number(noted.value) : newest?.at
  const mend = 'Make one now with npm run backup; a running clinic makes one every day, so look into its log for job.failed.'
  if (at === undefined) return warning('backup', 'there is none', mend)
  const age = Math.max(0, now - at)
  const says = `the last one was made ${describeDuration(age)} ago`
  if (age > OLD_MS) return warning('backup', says, mend)
  if (!newest) return warning('backup', `${says}, but lies no longer in ${folder.backups}`, 'Make one with npm run backup, and copy backups elsewhere instead of moving them.')
  return ok('backup', `${says}: ${join(folder.backups, newest.file)}`)
}
