/** Holds that any words fit their room and cannot break the SVG around them. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawable, escapeXml, fitText } from '../../src/pictures/svg-text.ts'

const ROOM = { width: 600, sizes: [52, 40, 34], lines: 2 }

describe('drawable', () => {
  it.each([
    ['Warung  Bu\nSari', 'Warung Bu Sari'],
    ['Sari 🍜 Rahayu', 'Sari Rahayu'],
    ['Café “Ibu” – 100% halal', 'Café “Ibu” – 100% halal'],
    ['Cafe\u0301', 'Café'],
    ['👩‍🍳', '–'],
    ['مقهى', '–'],
    ['', '–'],
  ])('%j becomes %j', (text, left) => expect(drawable(text)).toBe(left))
})

describe('fitting', () => {
  it.each([
    ['Sari', { size: 52, lines: ['Sari'] }],
    ['Siti Nur Aisyah Kusumaningtyas', { size: 52, lines: ['Siti Nur Aisyah', 'Kusumaningtyas'] }],
  ])('%s is shown whole and large', (text, fitted) => expect(fitText(text, ROOM)).toEqual(fitted))

  it('a name of 60 letters is made small and cut with an ellipsis', () => {
    const name = 'Raden Mas Haji Muhammad Kusumawardhana Notonegoro Wiryokusumo'
    const { size, lines } = fitText(name, ROOM)
    expect(size).toBe(34)
    expect(lines).toHaveLength(2)
    expect(lines[0]).toBe('Raden Mas Haji Muhammad')
    expect(lines[1]).toMatch(/^Kusumawardhana .*…$/)
  })

  it('a word without spaces is cut too', () => {
    const { lines } = fitText('w'.repeat(200), { ...ROOM, lines: 1 })
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(/^w{10,30}…$/)
  })

  it('no text takes more lines than there are', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.integer({ min: 1, max: 3 }), (text, lines) => {
      const fitted = fitText(text, { ...ROOM, lines })
      expect(fitted.lines.length).toBeLessThanOrEqual(lines)
      expect(fitted.lines.length).toBeGreaterThan(0)
    }))
  })
})

describe('escaping', () => {
  it('leaves no sign of markup, and the text can be read back', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('<', '>', '&', '"', "'", 'a', ';', '#') }), (text) => {
      const escaped = escapeXml(text)
      expect(escaped).not.toMatch(/[<>"']|&(?!#\d+;)/)
      expect(escaped.replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))).toBe(text)
    }))
  })
})
