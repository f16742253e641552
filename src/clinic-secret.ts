// Keeps the clinic's own secret (the key for tombstones and links) in a file when the operator set none.
// It never replaces a secret that exists: every link and tombstone made with it would stop matching.

import { link, mkdir, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'

const FILE_NAME = 'clinic-secret'
const SECRET_BYTES = 32
const MIN_LENGTH = 32

/**
 * Gives the secret kept in `dir`, making it first when there is none: 43 characters of A-Z a-z 0-9 _ -.
 * The file appears whole or not at all, readable by its owner only; of several processes that start together
 * all get the same secret. Throws when the file holds something shorter than 32 characters.
 */
export async function loadOrCreateClinicSecret(dir: string, randomBytes: (count: number) => Buffer): Promise<string> {
  const path = join(dir, FILE_NAME)
  const kept = await findSecret(path)
  if (kept !== undefined) return kept

  await mkdir(dir, { recursive: true, mode: 0o700 })
  const draft = join(dir, `.${FILE_NAME}-${randomBytes(8).toString('hex')}`)
  try {
    await writeDurably(draft, `${randomBytes(SECRET_BYTES).toString('base64url')}\n`)
    // A link, unlike a rename, refuses to replace a file that another process made in between.
    await link(draft, path).catch((error: unknown) => {
      if (!isFileError(error, 'EEXIST')) throw error
    })
    await syncDirectory(dir)
  } finally {
    await rm(draft, { force: true })
  }
  const made = await findSecret(path)
  if (made === undefined) throw new Error(`${path} vanished while it was being made; check who else cleans ${dir}`)
  return made
}

/** The secret kept in `dir`; undefined when there is none. Throws when the file holds something shorter than 32 characters. */
export async function findClinicSecret(dir: string): Promise<string | undefined> {
  return findSecret(join(dir, FILE_NAME))
}

async function findSecret(path: string): Promise<string | undefined> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if (isFileError(error, 'ENOENT')) return undefined
    throw error
  }
  const secret = text.trim()
  if (secret.length < MIN_LENGTH) {
    throw new Error(`${path} holds fewer than ${MIN_LENGTH} characters; bring it back from a backup or set CLINIC_SECRET`)
  }
  return secret
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function syncDirectory(dir: string): Promise<void> {
  // Windows can't open a directory; there the file system's journal has to do.
  const handle = await open(dir, 'r').catch(() => undefined)
  if (handle === undefined) return
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const isFileError = (error: unknown, code: string): boolean => error instanceof Error && 'code' in error && error.code === code
