// Runs every row of input-cases.tsv, the collected sample of what people type. Rows are data: correct the
// parser, not the row.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { readIntent } from '../../../src/conversation/parse/intent.ts'
import { readPhone } from '../../../src/conversation/parse/phone.ts'
import { readRupiah } from '../../../src/conversation/parse/rupiah.ts'

const [, ...lines] = readFileSync(new URL('input-cases.tsv', import.meta.url), 'utf8').trimEnd().split('\n')
const rows = lines.map((line) => line.split('\t')).map(([kind = '', input = '', meaning = '']) => ({ kind, input, meaning }))
const of = (kind: string) => rows.filter((row) => row.kind === kind)

it('knows every kind of row', () => {
  expect(rows.filter((row) => !['intent', 'rupiah', 'phone'].includes(row.kind))).toEqual([])
})

// A typed "berhenti" is kept apart from "batal", because it may mean the tips.
const STOPS = new Set(['stop', 'berhenti'])
const words = of('intent').flatMap(({ input, meaning }) => input.split(' / ').map((word) => ({ word, meaning })))

it.each(words)('$word means $meaning', ({ word, meaning }) => {
  const intent = meaning === 'UNKNOWN' ? undefined : meaning.toLowerCase().replace('_', '-')
  expect(readIntent(word)).toBe(STOPS.has(word) ? 'stop' : intent)
})

it.each(of('rupiah'))('$input is $meaning', ({ input, meaning }) => {
  const reading = readRupiah(input)
  const range = /^\((\d+), (\d+)\)$/.exec(meaning)
  if (meaning.startsWith('ASK:')) expect(reading.type).toBe('ask')
  else if (range) expect(reading).toMatchObject({ type: 'range', from: Number(range[1]), to: Number(range[2]) })
  else expect(reading).toMatchObject({ type: 'amount', rupiah: Number(meaning) })
})

it.each(of('phone'))('$input is $meaning', ({ input, meaning }) => {
  const [e164, kind] = meaning.split(' ')
  const reading = readPhone(input)
  if (e164 === 'INVALID') expect(reading.type).toBe('none')
  else expect(reading).toEqual({ type: 'phone', e164, kind: kind?.toLowerCase() })
})
