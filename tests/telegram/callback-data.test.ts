// What a button carries comes back as it was, fits into Telegram's 64 bytes, and is never believed unchecked.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { buttonName, packButton, unpackButton } from '../../src/telegram/callback-data.ts'
import { packPress, FormButtonData, toPress } from '../../src/telegram/form-button.ts'

const Tip = z.object({ id: z.coerce.number().int().positive(), mark: z.enum(['tried', 'later']), note: z.string().max(20).optional() })
const NoData = z.object({})

describe('packing', () => {
  it.each([
    ['tip', Tip, { id: 7, mark: 'tried', note: 'ya' }, 'tip:7:tried:ya'],
    // In the schema's order, whatever the order of the values.
    ['tip', Tip, { mark: 'tried', note: 'ya', id: 7 }, 'tip:7:tried:ya'],
    ['tip', Tip, { id: 7, mark: 'later' }, 'tip:7:later:'],
    ['menu', NoData, {}, 'menu'],
  ])('%s with %j', (name, shape, data, packed) => {
    expect(packButton(name, shape, data)).toBe(packed)
    expect(buttonName(packed)).toBe(name)
    expect(unpackButton(shape, packed)).toEqual(data)
  })

  const Word = z.object({ word: z.string() })

  it('fills the 64 bytes of a button, and refuses the 65th', () => {
    const fitting = 'a'.repeat(64 - 'tip:'.length)
    expect(packButton('tip', Word, { word: fitting })).toHaveLength(64)
    expect(() => packButton('tip', Word, { word: `${fitting}a` })).toThrow('Button "tip" needs 65 bytes; 64 fit.')
  })

  it('counts bytes, not letters', () => {
    expect(() => packButton('tip', Word, { word: '🙋'.repeat(16) })).toThrow('68 bytes')
  })

  it('refuses a value with a colon, which would come back as two', () => {
    expect(() => packButton('tip', Word, { word: 'a:b' })).toThrow('has a value with a colon')
  })

  it('gives back whatever it took', () => {
    const word = fc.string({ unit: 'grapheme', maxLength: 5 }).filter((text) => !text.includes(':') && text !== '')
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z][a-z-]{0,9}$/), fc.record({ id: fc.integer({ min: 1 }), mark: fc.constantFrom('tried', 'later'), note: word }), (name, data) => {
        fc.pre(Buffer.byteLength([name, ...Object.values(data)].join(':')) <= 64)
        const packed = packButton(name, Tip, data)
        expect([buttonName(packed), unpackButton(Tip, packed)]).toEqual([name, data])
      }),
    )
  })
})

describe('forged data', () => {
  it.each([
    ['a value is missing', 'tip:7:tried'],
    ['a value too many', 'tip:7:tried:ya:tidak'],
    ['a needed value left empty', 'tip::tried:ya'],
    ['not a number', 'tip:tujuh:tried:ya'],
    ['not a whole number', 'tip:7.5:tried:ya'],
    ['a number out of range', 'tip:-7:tried:ya'],
    ['a word that is no choice', 'tip:7:stolen:ya'],
    ['a text that is too long', `tip:7:tried:${'a'.repeat(21)}`],
    ['nothing', ''],
    ['the bare name', 'tip'],
  ])('%s: refused', (_what, packed) => expect(unpackButton(Tip, packed)).toBeUndefined())

  it('is refused or read, never choked on', () => {
    const piece = fc.constantFrom(':', 'tip', '7', '-1', 'tried', 'NaN', '1e99', '__proto__', ' ', '🙋')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const data = unpackButton(Tip, pieces.join(''))
        expect(data === undefined || data.id > 0).toBe(true)
      }),
    )
  })
})

describe('a button of a form', () => {
  it.each([
    [{ do: 'choose', at: 0 }, 'f:1203:4:choose:0'],
    [{ do: 'edit-menu' }, 'f:1203:4:edit-menu:'],
  ] as const)('%j comes back as it was', (press, packed) => {
    expect(packPress(1203, 4, press)).toBe(packed)
    const data = unpackButton(FormButtonData, packed)
    expect(data).toMatchObject({ conversation: 1203, revision: 4 })
    expect(toPress(data!)).toEqual(press)
  })

  it('that chooses nothing means nothing', () => {
    expect(toPress(unpackButton(FormButtonData, 'f:1203:4:choose:')!)).toBeUndefined()
  })

  it('has room for any conversation the clinic will ever have', () => {
    expect(packPress(Number.MAX_SAFE_INTEGER, 1_000_000, { do: 'choose', at: 999 }).length).toBeLessThanOrEqual(64)
  })
})
