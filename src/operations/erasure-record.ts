// Remembers erasures beside the database, so that they can be applied again when the database itself is lost and a backup takes its place.
// It holds keyed hashes and times alone.
import { createHmac } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import SqliteFile from 'better-sqlite3'
import type { Tombstone } from '../people/erasure.ts'

/** The hashes were made with another secret than the clinic has now: nobody erased could be recognised by them. */
export class OtherSecretError extends Error {
  override readonly name = 'OtherSecretError'
}

/**
 * Adds erasures to the record, making it when there is none; those it has already change nothing, so all may be given every time.
 *
 * Erasures are taken from the database after their commit, within a minute, and before each backup and restore. Written before the commit, one
 * that is then rolled back would stay here and take away someone who wanted to stay; written after it, what a crash leaves out is still in the
 * database and is added at the next turn. Only losing the database within that minute loses an erasure. The record lies among the backups: whoever
 * copies them to another place takes it along.
 * @throws OtherSecretError
 */
export function recordErasures(file: string, secret: string, tombstones: readonly Tombstone[]): void {
  if (tombstones.length === 0 && !existsSync(file)) return
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const db = new SqliteFile(file)
  try {
    db.pragma('synchronous = FULL')
    db.exec(`create table if not exists key_check (value text not null);
             create table if not exists tombstone (key_hash text primary key, erased_at integer not null) without rowid`)
    chmodSync(file, 0o600)
    checkSecret(db, file, secret)
    // The condition leaves known ones untouched, and a turn without news writes nothing to the disk.
    const add = db.prepare(`insert into tombstone (key_hash, erased_at) values (?, ?)
      on conflict (key_hash) do update set erased_at = excluded.erased_at where excluded.erased_at > erased_at`)
    db.transaction(() => {
      for (const { keyHash, erasedAt } of tombstones) add.run(keyHash, erasedAt)
    })()
  } finally {
    db.close()
  }
}

/**
 * Every erasure on record; none when there is no record.
 * @throws OtherSecretError
 */
export function readErasureRecord(file: string, secret: string): readonly Tombstone[] {
  if (!existsSync(file)) return []
  const db = new SqliteFile(file)
  try {
    checkSecret(db, file, secret)
    return db.prepare<[], Tombstone>('select key_hash as keyHash, erased_at as erasedAt from tombstone').all()
  } finally {
    db.close()
  }
}

function checkSecret(db: SqliteFile.Database, file: string, secret: string): void {
  const expected = createHmac('sha256', secret).update('erasure-record').digest('hex')
  const kept = db.prepare<[], { value: string }>('select value from key_check').get()
  if (!kept) db.prepare('insert into key_check (value) values (?)').run(expected)
  else if (kept.value !== expected) {
    throw new OtherSecretError(
      `The erasures in ${file} were recorded with another CLINIC_SECRET, so nobody erased can be recognised. ` +
        'Put the old secret back (CLINIC_SECRET, or the file clinic-secret of the data folder).',
    )
  }
}
