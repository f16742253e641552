// Looks at the data folder: room on its disk, and who may look inside.
import { existsSync } from 'node:fs'
import { access, constants, stat, statfs } from 'node:fs/promises'
import type { DataFolder } from '../data-folder.ts'
import { type Finding, ok, problem, warning } from '../finding.ts'

const MEGABYTE = 1_000_000

export async function checkDataFolder({ folder, database }: DataFolder): Promise<readonly Finding[]> {
  if (!existsSync(folder)) return [ok('data folder', `none yet at ${folder}; the first start makes it`)]
  const { bavail, bsize } = await statfs(folder)
  const databaseBytes = existsSync(database) ? (await stat(database)).size : 0
  return [judgeRoom(bavail * bsize, databaseBytes), await checkAccess(folder)]
}

/** A backup needs as much again as the database; a month of them is kept. */
export function judgeRoom(freeBytes: number, databaseBytes: number): Finding {
  const says = `${(freeBytes / MEGABYTE).toFixed(0)} MB free`
  const mend = 'Make room, or move the data folder to a larger disk. Without room nothing people say can be kept.'
  if (freeBytes < Math.max(100 * MEGABYTE, 2 * databaseBytes)) return problem('disk', says, mend)
  if (freeBytes < Math.max(1000 * MEGABYTE, 10 * databaseBytes)) return warning('disk', says, mend)
  return ok('disk', says)
}

async function checkAccess(folder: string): Promise<Finding> {
  const isWritable = await access(folder, constants.R_OK | constants.W_OK | constants.X_OK).then(() => true, () => false)
  if (!isWritable) return problem('data folder', `${folder} can't be written by this user`, 'Run as the user the clinic runs as, or make that user its owner: chown.')
  // Windows has no such bits; they read as open to all.
  const isOpen = process.platform !== 'win32' && ((await stat(folder)).mode & 0o077) !== 0
  if (isOpen) return warning('data folder', `other users of this machine may look into ${folder}`, `It holds personal data: chmod 700 ${folder}`)
  return ok('data folder', `${folder}, only its owner looks inside`)
}
