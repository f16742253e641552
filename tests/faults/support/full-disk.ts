// Two ways to leave a running clinic without room for its data, and to give it room again: a limit on the size of its files, and a small file system of its own.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SqliteFile from 'better-sqlite3'
import { type Clinic, openClinic } from './clinic.ts'

export interface TightClinic {
  readonly clinic: Clinic
  /** From now on nothing of any size can be written. */
  fills(): void
  makesRoom(): void
  close(): Promise<void>
}

export interface KindOfFullness {
  readonly name: string
  /** Why it can't be had on this machine; undefined when it can. */
  readonly unavailable: string | undefined
  readonly open: () => Promise<TightClinic>
}

/** Enough for one small transaction: what is almost full is worse than what is full. */
const LAST_ROOM_BYTES = 24 * 1024

const runs = (program: string, ...args: string[]) => spawnSync(program, args).status === 0

const limitedFiles: KindOfFullness = {
  name: 'its files must not grow',
  unavailable: runs('prlimit', '--version') ? undefined : 'there is no prlimit on this machine',
  open: async () => {
    const clinic = await openClinic()
    const limit = (soft: string) => runs('prlimit', '--pid', String(clinic.pid()), `--fsize=${soft}:`)
    return {
      clinic,
      fills: () => {
        emptyLog(clinic)
        if (!limit(String(LAST_ROOM_BYTES))) throw new Error('The file size limit could not be set.')
      },
      // A process that has ended took its limit with it.
      makesRoom: () => void limit('unlimited'),
      close: clinic.close,
    }
  },
}

const DISK = '24m'

/** Where this user may not mount, or the kernel can't: why. */
function mountRefusal(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'faults-mount-'))
  try {
    if (!runs('mount', '-t', 'tmpfs', '-o', `size=${DISK}`, 'tmpfs', folder)) return 'this user may not mount a file system'
    runs('umount', folder)
    return undefined
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const fullFileSystem: KindOfFullness = {
  name: 'its file system is full',
  unavailable: mountRefusal(),
  open: async () => {
    const disk = mkdtempSync(join(tmpdir(), 'faults-disk-'))
    if (!runs('mount', '-t', 'tmpfs', '-o', `size=${DISK}`, 'tmpfs', disk)) throw new Error('The file system could not be mounted.')
    const folder = mkdtempSync(join(disk, 'clinic-'))
    const clinic = await openClinic({ folder })
    const ballast = join(disk, 'ballast')
    return {
      clinic,
      fills: () => {
        emptyLog(clinic)
        truncateSync(ballast, fillUp(ballast) - LAST_ROOM_BYTES)
      },
      makesRoom: () => rmSync(ballast, { force: true }),
      close: async () => {
        await clinic.close()
        if (!runs('umount', disk)) throw new Error(`The file system at ${disk} could not be removed.`)
        rmSync(disk, { recursive: true })
      },
    }
  },
}

/** What was written once is overwritten without asking for room: the log must be short when the disk is full. */
function emptyLog({ databasePath }: Clinic): void {
  const database = new SqliteFile(databasePath)
  database.pragma('wal_checkpoint(TRUNCATE)')
  database.close()
}

/** Writes ever smaller pieces until not even the smallest fits. Returns how many bytes. */
function fillUp(path: string): number {
  for (let bytes = 1024 * 1024; bytes >= 4096; ) {
    try {
      writeFileSync(path, Buffer.alloc(bytes), { flag: 'a' })
    } catch {
      bytes /= 2
    }
  }
  return statSync(path).size
}

export const KINDS_OF_FULLNESS: readonly KindOfFullness[] = [limitedFiles, fullFileSystem]
