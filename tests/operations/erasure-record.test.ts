import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { OtherSecretError, readErasureRecord, recordErasures } from '../../src/operations/erasure-record.ts'
import { tombstoneOf } from '../../src/people/erasure.ts'
import { inDataFolder, NOW, SARI, SECRET } from './fixture.ts'

const SARI_ERASED = { keyHash: tombstoneOf(SECRET, SARI), erasedAt: NOW }

describe('the record of erasures', () => {
  it('is made with the first erasure and keeps each once, from its latest time', async () => {
    await inDataFolder(async ({ erasures }) => {
      recordErasures(erasures, SECRET, [])
      expect(existsSync(erasures)).toBe(false)
      recordErasures(erasures, SECRET, [SARI_ERASED])
      recordErasures(erasures, SECRET, [SARI_ERASED, { keyHash: 'b', erasedAt: NOW }])
      recordErasures(erasures, SECRET, [{ ...SARI_ERASED, erasedAt: NOW + 5 }, { keyHash: 'b', erasedAt: NOW - 5 }])
      const kept = readErasureRecord(erasures, SECRET).toSorted((a, b) => b.erasedAt - a.erasedAt)
      expect(kept).toEqual([{ ...SARI_ERASED, erasedAt: NOW + 5 }, { keyHash: 'b', erasedAt: NOW }])
    })
  })

  it('is left as it is when there is no news', async () => {
    await inDataFolder(async ({ erasures }) => {
      recordErasures(erasures, SECRET, [SARI_ERASED])
      const before = readFileSync(erasures)
      recordErasures(erasures, SECRET, [SARI_ERASED])
      expect(readFileSync(erasures).equals(before)).toBe(true)
    })
  })

  it('names nobody', async () => {
    await inDataFolder(async ({ erasures }) => {
      recordErasures(erasures, SECRET, [SARI_ERASED])
      const bytes = readFileSync(erasures)
      expect([String(SARI), SECRET].filter((text) => bytes.includes(text))).toEqual([])
    })
  })

  it('is refused under another secret, which could recognise nobody', async () => {
    await inDataFolder(async ({ erasures }) => {
      recordErasures(erasures, SECRET, [SARI_ERASED])
      expect(() => readErasureRecord(erasures, `${SECRET}!`)).toThrow(OtherSecretError)
      expect(() => recordErasures(erasures, `${SECRET}!`, [])).toThrow(/CLINIC_SECRET/)
    })
  })

  it('is empty where there is none', async () => {
    await inDataFolder(async ({ erasures }) => expect(readErasureRecord(erasures, SECRET)).toEqual([]))
  })
})
