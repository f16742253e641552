// How far apart two spellings are, and how far is still a slip of the thumb.
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { slipLimit, spellingDistance } from '../../../src/conversation/parse/spelling.ts'

it.each([
  { from: 'kuliner', to: 'kuliner', edits: 0 },
  { from: 'kuliner', to: 'kulinre', edits: 1 },
  { from: 'kuliner', to: 'kulner', edits: 1 },
  { from: 'kuliner', to: 'kuliiner', edits: 1 },
  { from: 'kuliner', to: 'kulimer', edits: 1 },
  { from: 'pertanian', to: 'prtanain', edits: 2 },
  { from: 'batik', to: 'kopi', edits: 4 },
])('$from and $to are $edits apart, counted up to 3', ({ from, to, edits }) => expect(spellingDistance(from, to, 3)).toBe(Math.min(edits, 4)))

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 })

it('is the same both ways, and zero only for equal words', () => {
  fc.assert(fc.property(word, word, (one, other) => {
    expect(spellingDistance(one, other, 8)).toBe(spellingDistance(other, one, 8))
    expect(spellingDistance(one, other, 8) === 0).toBe(one === other)
  }))
})

it('never tells two neighbours swapped from one edit', () => {
  fc.assert(fc.property(fc.string({ minLength: 2, maxLength: 12 }), fc.nat(), (text, seed) => {
    const at = seed % (text.length - 1)
    const swapped = text.slice(0, at) + text.charAt(at + 1) + text.charAt(at) + text.slice(at + 2)
    expect(spellingDistance(text, swapped, 3)).toBeLessThanOrEqual(1)
  }))
})

it.each([
  [3, 0], [4, 1], [7, 1], [8, 2],
])('a word of %i letters may have %i slips', (length, slips) => expect(slipLimit(length)).toBe(slips))
