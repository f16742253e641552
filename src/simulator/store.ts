// Keeps the simulated world: named shelves of JSON values, in memory, and in one SQLite file when a path is given.
// It knows nothing of Telegram.

import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'

export type Key = string | number

/** Values by key, in the order they were first put. A value is replaced as a whole, never changed in place. */
export interface Shelf<V> {
  get(key: Key): V | undefined
  put(key: Key, value: V): V
  remove(key: Key): void
  values(): IterableIterator<V>
  readonly size: number
}

export interface Store {
  /** The shelf of that name; the same one at every call. */
  shelf<V>(name: string): Shelf<V>
  putBytes(key: string, bytes: Uint8Array): void
  findBytes(key: string): Uint8Array | undefined
  /** What happens inside reaches the file whole or not at all. */
  atomically<T>(work: () => T): T
  close(): void
}

interface Disk {
  load(shelf: string): Iterable<{ readonly key: string; readonly value: string }>
  put(shelf: string, key: string, value: string): void
  remove(shelf: string, key: string): void
}

/** Opens a store; without a path it forgets everything when closed. */
export function openStore(path?: string): Store {
  return path === undefined ? openMemory() : openFile(path)
}

function openMemory(): Store {
  const bytes = new Map<string, Uint8Array>()
  return {
    shelf: createShelves(),
    putBytes: (key, value) => void bytes.set(key, value),
    findBytes: (key) => bytes.get(key),
    atomically: (work) => work(),
    close: () => undefined,
  }
}

function openFile(path: string): Store {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const db = new Database(path)
  db.pragma('journal_mode = WAL')
  // A killed process loses nothing; only a power cut could, and this world is a rehearsal.
  db.pragma('synchronous = NORMAL')
  db.exec(`
    create table if not exists thing (shelf text not null, key text not null, value text not null, unique (shelf, key));
    create table if not exists bytes (key text primary key, value blob not null);
  `)
  const load = db.prepare<[string], { key: string; value: string }>(
    'select key, value from thing where shelf = ? order by rowid',
  )
  const put = db.prepare(
    'insert into thing (shelf, key, value) values (?, ?, ?) on conflict (shelf, key) do update set value = excluded.value',
  )
  const remove = db.prepare('delete from thing where shelf = ? and key = ?')
  const putBytes = db.prepare('insert or replace into bytes (key, value) values (?, ?)')
  const findBytes = db.prepare<[string], { value: Buffer }>('select value from bytes where key = ?')
  return {
    shelf: createShelves({
      load: (shelf) => load.all(shelf),
      put: (shelf, key, value) => void put.run(shelf, key, value),
      remove: (shelf, key) => void remove.run(shelf, key),
    }),
    putBytes: (key, value) => void putBytes.run(key, Buffer.from(value)),
    findBytes: (key) => findBytes.get(key)?.value,
    atomically: (work) => db.transaction(work)(),
    close: () => void db.close(),
  }
}

function createShelves(disk?: Disk): Store['shelf'] {
  const shelves = new Map<string, Shelf<unknown>>()
  return <V>(name: string) => {
    const known = shelves.get(name) ?? createShelf(name, disk)
    shelves.set(name, known)
    return known as Shelf<V>
  }
}

function createShelf(name: string, disk?: Disk): Shelf<unknown> {
  const values = new Map<string, unknown>()
  for (const row of disk?.load(name) ?? []) values.set(row.key, JSON.parse(row.value))
  return {
    get: (key) => values.get(String(key)),
    put: (key, value) => {
      values.set(String(key), value)
      disk?.put(name, String(key), JSON.stringify(value))
      return value
    },
    remove: (key) => {
      if (values.delete(String(key))) disk?.remove(name, String(key))
    },
    values: () => values.values(),
    get size() {
      return values.size
    },
  }
}
