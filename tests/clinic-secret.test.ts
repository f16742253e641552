// The clinic's own secret: made once, kept, private, and the same for every process that starts at the same moment.

import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { loadOrCreateClinicSecret } from '../src/clinic-secret.ts'

let home: string
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'klinik-secret-'))
})
afterEach(() => rm(home, { recursive: true }))

it('is made in a folder that does not exist yet, readable by its owner only', async () => {
  const dir = join(home, 'var')
  const secret = await loadOrCreateClinicSecret(dir, randomBytes)
  expect(secret).toMatch(/^[\w-]{43}$/)
  expect(await readdir(dir)).toEqual(['clinic-secret'])
  expect((await stat(join(dir, 'clinic-secret'))).mode & 0o777).toBe(0o600)
})

it('stays the same from start to start', async () => {
  const first = await loadOrCreateClinicSecret(home, randomBytes)
  expect(await loadOrCreateClinicSecret(home, randomBytes)).toBe(first)
})

it('is one secret for processes that start together', async () => {
  const secrets = await Promise.all(Array.from({ length: 20 }, () => loadOrCreateClinicSecret(home, randomBytes)))
  expect(new Set(secrets).size).toBe(1)
  expect(await readdir(home)).toEqual(['clinic-secret'])
})

it('is not replaced when the file was cut short: the operator is told what to do', async () => {
  await writeFile(join(home, 'clinic-secret'), 'terpotong\n')
  await expect(loadOrCreateClinicSecret(home, randomBytes)).rejects.toThrow(/backup or set CLINIC_SECRET/)
})
