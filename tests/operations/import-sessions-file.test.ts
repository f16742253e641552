// Reading a pilot's file: what the package wrote comes back, the file stays as it is, and a file that can't be read is explained.
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readSessionFile } from '../../src/operations/import-sessions/session-file.ts'
import { keepSessions } from './import-sessions-pilot.ts'

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sessions-'))
  try {
    await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

it('reads what the package wrote, and leaves the file as it is', async () => {
  await inFolder(async (folder) => {
    const file = join(folder, 'sessions.json')
    await keepSessions(file, { '41:41': { nama: 'Sari' }, '-100200:42': { step: 1 } })
    const before = { bytes: readFileSync(file, 'utf8'), changedAt: statSync(file).mtimeMs }
    expect(await readSessionFile(file)).toEqual({
      type: 'sessions',
      sessions: [{ key: '41:41', data: { nama: 'Sari' } }, { key: '-100200:42', data: { step: 1 } }],
    })
    expect({ bytes: readFileSync(file, 'utf8'), changedAt: statSync(file).mtimeMs }).toEqual(before)
  })
})

it('reads strange rows as sessions of nobody', async () => {
  await inFolder(async (folder) => {
    const file = join(folder, 'sessions.json')
    writeFileSync(file, '\uFEFF{"sessions": [null, 7, {"id": "41:41"}, {"data": {"nama": "Sari"}}], "more": true}')
    expect(await readSessionFile(file)).toEqual({
      type: 'sessions',
      sessions: [
        { key: undefined, data: undefined },
        { key: undefined, data: undefined },
        { key: '41:41', data: undefined },
        { key: undefined, data: { nama: 'Sari' } },
      ],
    })
  })
})

it.each([
  ['empty', ''],
  ['empty', ' \n'],
  ['broken', '{"sessions": [{"id": "41:41", "data": {"nama": "Sa'],
  ['not-a-store', '{"people": []}'],
  ['not-a-store', '{"sessions": {"41:41": {}}}'],
  ['not-a-store', '[]'],
  ['not-a-store', 'null'],
])('says that a file is %s: %s', async (reason, text) => {
  await inFolder(async (folder) => {
    const file = join(folder, 'sessions.json')
    writeFileSync(file, text)
    expect(await readSessionFile(file)).toEqual({ type: 'unreadable', reason })
    expect(readFileSync(file, 'utf8')).toBe(text)
  })
})

it('makes no file where there is none', async () => {
  await inFolder(async (folder) => {
    const file = join(folder, 'sessions.json')
    expect(await readSessionFile(file)).toEqual({ type: 'unreadable', reason: 'missing' })
    expect(existsSync(file)).toBe(false)
  })
})

it('says when the package is not installed', async () => {
  await inFolder(async (folder) => {
    const file = join(folder, 'sessions.json')
    await keepSessions(file, { '41:41': { nama: 'Sari' } })
    expect(await readSessionFile(file, async () => undefined)).toEqual({ type: 'unreadable', reason: 'no-reader' })
  })
})

it('says when a folder was named', async () => {
  await inFolder(async (folder) => {
    expect(await readSessionFile(folder)).toEqual({ type: 'unreadable', reason: 'folder' })
  })
})
