// Reads the store an earlier pilot kept with telegraf-session-local, through that package's own storage door. It never writes the file.
import { readFileSync, statSync } from 'node:fs'
import { z } from 'zod'

/** One session: its key, and what the pilot kept in it. Neither was checked. */
export interface Session {
  readonly key: unknown
  readonly data: unknown
}

export type SessionFile =
  | { readonly type: 'sessions'; readonly sessions: readonly Session[] }
  | { readonly type: 'unreadable'; readonly reason: 'missing' | 'folder' | 'empty' | 'broken' | 'not-a-store' | 'no-reader' }

/** What is used of telegraf-session-local 2: it is handed a storage, and shows what that storage read. */
export type SessionReader = new (options: { readonly database: string; readonly storage: new (file: string) => Storage }) => {
  readonly DB: { getState(): unknown }
}

interface Storage {
  read(): unknown
  write(): void
}

const READER = 'telegraf-session-local'
const StoreShape = z.object({ sessions: z.array(z.unknown()) })
const SessionShape = z.object({ id: z.unknown().optional(), data: z.unknown().optional() })

/**
 * Reads a whole session store.
 * @param loadReader gives the package; undefined when it is not installed.
 * @throws when the file is there but may not be read.
 */
export async function readSessionFile(file: string, loadReader: () => Promise<SessionReader | undefined> = loadSessionReader): Promise<SessionFile> {
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) return { type: 'unreadable', reason: 'folder' }
  const text = readText(file)
  if (text === undefined) return { type: 'unreadable', reason: 'missing' }
  if (text === '') return { type: 'unreadable', reason: 'empty' }
  const content = parseJson(text)
  if (content === undefined) return { type: 'unreadable', reason: 'broken' }
  // Looked at before the package sees it: to something without sessions it would add an empty list.
  if (!StoreShape.safeParse(content).success) return { type: 'unreadable', reason: 'not-a-store' }
  const Reader = await loadReader()
  if (!Reader) return { type: 'unreadable', reason: 'no-reader' }
  const { sessions } = StoreShape.parse(new Reader({ database: file, storage: storageOf(content) }).DB.getState())
  return { type: 'sessions', sessions: sessions.map(toSession) }
}

function toSession(row: unknown): Session {
  const session = SessionShape.safeParse(row)
  return session.success ? { key: session.data.id, data: session.data.data } : { key: undefined, data: undefined }
}

/** The package's own storages write the file as soon as they open it. */
function storageOf(content: unknown): new () => Storage {
  return class {
    read() {
      return content
    }

    write() {}
  }
}

async function loadSessionReader(): Promise<SessionReader | undefined> {
  try {
    // Named by a constant, so that the types of an optional package need not be there.
    return ((await import(READER)) as { readonly default: SessionReader }).default
  } catch (error) {
    // The second is what the package itself says when one of its own parts is missing.
    if (hasCode(error, 'ERR_MODULE_NOT_FOUND') || hasCode(error, 'MODULE_NOT_FOUND')) return undefined
    throw error
  }
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '').trim()
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined
    throw error
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
