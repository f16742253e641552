// Telephone numbers as people type them, and as the clinic shows and hides them.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatPhone, maskPhone, readPhone } from '../../../src/conversation/parse/phone.ts'

describe('readPhone', () => {
  it.each([
    '081234567890', '0812 3456 7890', '0812-3456-7890', '0812.3456.7890', '(0812) 3456-7890', '+62 812 3456 7890',
    '+62 (0)812-3456-7890', '+620812 3456 7890', '6281234567890', '006281234567890',
    '81234567890', 'o812-3456-7890', 'wa.me/6281234567890', 'https://wa.me/6281234567890?text=halo',
    'https://api.whatsapp.com/send?phone=6281234567890', 'tel:+6281234567890',
    'nomor saya 0812 3456 7890 ya bu', 'WA: 0812‑3456‑7890', '０８１２３４５６７８９０', '0812 3456 7890, 081234567890',
  ])('%s is +6281234567890', (typed) => expect(readPhone(typed)).toEqual({ type: 'phone', e164: '+6281234567890', kind: 'mobile' }))

  it.each([
    { typed: '(0341) 123456', e164: '+62341123456', kind: 'fixed' },
    { typed: '021-12345678', e164: '+622112345678', kind: 'fixed' },
    { typed: '62341123456', e164: '+62341123456', kind: 'fixed' },
    { typed: '+60 12-345 6789', e164: '+60123456789', kind: 'mobile' },
  ])('$typed is $e164, $kind', ({ typed, e164, kind }) => expect(readPhone(typed)).toEqual({ type: 'phone', e164, kind }))

  it.each([
    { typed: 'tidak punya', reason: 'no-number' },
    { typed: '', reason: 'no-number' },
    { typed: '14022', reason: 'too-short' },
    { typed: '081234', reason: 'too-short' },
    { typed: '08123456789012', reason: 'too-long' },
    { typed: '3507124508900001', reason: 'too-long' },
    { typed: '0800 1234567', reason: 'not-in-use' },
    { typed: '0812-3456-7890 / 0857-1234-5678', reason: 'several' },
  ])('$typed is none: $reason', ({ typed, reason }) => expect(readPhone(typed)).toEqual({ type: 'none', reason }))
})

it.each([
  { e164: '+6281234567890', shown: '0812-3456-7890', masked: '0812-xxxx-7890' },
  { e164: '+62341123456', shown: '(0341) 123456', masked: '(0341) xxxx56' },
  { e164: 'bukan nomor', shown: 'bukan nomor', masked: 'bukan nomor' },
])('$e164 is shown as $shown and masked as $masked', ({ e164, shown, masked }) => {
  expect(formatPhone(e164)).toBe(shown)
  expect(maskPhone(e164)).toBe(masked)
})

const digit = fc.constantFrom('0', '1', '2', '3', '4', '5', '6', '7', '8', '9')
const mobile = fc
  .tuple(fc.constantFrom('811', '812', '857', '895', '881'), fc.string({ unit: digit, minLength: 6, maxLength: 9 }))
  .map(([prefix, rest]) => `+62${prefix}${rest}`)

it('reads back what it shows, and hides four digits or more when masking', () => {
  fc.assert(fc.property(mobile, (e164) => {
    expect(readPhone(formatPhone(e164))).toEqual({ type: 'phone', e164, kind: 'mobile' })
    expect(maskPhone(e164).replaceAll(/[^x]/g, '').length).toBeGreaterThanOrEqual(4)
    expect(readPhone(maskPhone(e164)).type).toBe('none')
  }))
})
