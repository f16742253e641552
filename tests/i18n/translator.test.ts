// A text comes out in the reader's language, with a person's words in it as she wrote them and nothing of theirs taken for ours.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { fillFacts } from '../../src/content/fact-text.ts'
import { findHtmlProblem, visibleText } from '../../src/content/telegram-html.ts'
import { createTranslator, escapeHtml } from '../../src/i18n/translator.ts'

const folder = mkdtempSync(join(tmpdir(), 'locales-'))
afterAll(() => rmSync(folder, { recursive: true }))
const TEXTS = {
  id: {
    shop: {
      greet: 'Halo, <b>{{you}}</b>! Selamat datang di {{shop}}.',
      share: { button: '📱 Kirim: {{you}}' },
      orders_other: '{{count}} pesanan',
      fact: '{fact.fee} Salam untuk {{you}}.',
      old: 'Kabar. {fact.expired} Salam.',
      'only-here': 'Hanya di sini',
    },
  },
  en: {
    shop: {
      greet: 'Hello, <b>{{you}}</b>! Welcome to {{shop}}.',
      share: { button: '📱 Send: {{you}}' },
      orders_one: '{{count}} order',
      orders_other: '{{count}} orders',
      fact: '{fact.fee} Greetings to {{you}}.',
      old: 'News. {fact.expired} Bye.',
    },
  },
}
for (const [language, files] of Object.entries(TEXTS)) {
  mkdirSync(join(folder, language))
  for (const [name, texts] of Object.entries(files)) writeFileSync(join(folder, language, `${name}.json`), JSON.stringify(texts))
}
writeFileSync(join(folder, 'id', 'notes.txt'), 'not a text')
const translator = createTranslator(folder)

describe('a text', () => {
  it.each([
    ['id', 'Halo, <b>Bu Sari</b>! Selamat datang di Klinik.'],
    ['en', 'Hello, <b>Bu Sari</b>! Welcome to Klinik.'],
  ] as const)('in %s', (language, text) => expect(translator.html(language, 'shop.greet', { you: 'Bu Sari', shop: 'Klinik' })).toBe(text))

  it('that one language lacks is said in Bahasa', () => {
    expect(translator.html('en', 'shop.only-here')).toBe('Hanya di sini')
  })

  it.each(['shop.missing', 'missing.greet', 'shop', 'greet', ''])('%j is not there: the developer is told where to add it', (key) => {
    expect(() => translator.html('id', key)).toThrow(`No text "${key}": add it to locales/id/`)
    expect(() => translator.plain('id', key)).toThrow(`No text "${key}"`)
  })

  it('is found by the first key that is there', () => {
    expect(translator.findKey('shop.missing', 'shop.greet', 'shop.fact')).toBe('shop.greet')
    expect(translator.findKey('shop.orders')).toBe('shop.orders')
    expect(translator.findKey('shop.missing', 'shop')).toBeUndefined()
  })

  it.each([
    ['id', 0, '0 pesanan'],
    ['id', 1, '1 pesanan'],
    ['id', 2, '2 pesanan'],
    ['en', 0, '0 orders'],
    ['en', 1, '1 order'],
    ['en', 12, '12 orders'],
  ] as const)('in %s with a count of %d', (language, count, text) => {
    expect(translator.html(language, 'shop.orders', { count })).toBe(text)
    expect(translator.plain(language, 'shop.orders', { count })).toBe(text)
  })
})

describe("a person's words", () => {
  const greeting = (you: string) => translator.html('id', 'shop.greet', { you, shop: 'Klinik' })

  it.each([
    ['Sari & Co', 'Sari &amp; Co'],
    ['<b>Sari</b>', '&lt;b&gt;Sari&lt;/b&gt;'],
    ['Warung "Sari"', 'Warung &quot;Sari&quot;'],
    ['a < b > c', 'a &lt; b &gt; c'],
    // Neither a placeholder, another text, a fact, nor what replaces have in store.
    ['{{shop}}', '{{shop}}'],
    ['$t(shop.only-here)', '$t(shop.only-here)'],
    ['{fact.fee}', '{fact.fee}'],
    ["$& $1 $' $$", "$&amp; $1 $' $$"],
  ])('%j stand in a message as she wrote them', (words, html) => {
    expect(greeting(words)).toBe(`Halo, <b>${html}</b>! Selamat datang di Klinik.`)
  })

  it.each(['Sari & Co', '<b>Sari</b>', '{{shop}}', "$& $1 $' $$"])('%j stand on a button without any HTML', (words) => {
    expect(translator.plain('id', 'shop.share.button', { you: words })).toBe(`📱 Kirim: ${words}`)
  })

  it('never break the message, whatever they are', () => {
    const piece = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 8 }), fc.constantFrom('<b>', '&amp;', '{{you}}', '{{shop}}', '$t(', '$&', '{fact.fee}', '\n'))
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 5 }), fc.array(piece, { maxLength: 5 }), (you, shop) => {
        const words = { you: you.join(''), shop: shop.join('') }
        const html = translator.html('id', 'shop.greet', words)
        expect(html).toBe(`Halo, <b>${escapeHtml(words.you)}</b>! Selamat datang di ${escapeHtml(words.shop)}.`)
        expect(findHtmlProblem(html)).toBeUndefined()
        expect(visibleText(html)).toContain(words.you)
      }),
    )
  })
})

describe('facts', () => {
  const facts = { sentence: (id: string) => (id === 'fee' ? 'Biayanya {{you}} rupiah.' : undefined) }
  const fill = (text: string) => fillFacts(text, facts, 'id', 0)

  it('are put in before the words of a person, who can not ask for one', () => {
    const filled = translator.html('id', 'shop.fact', { you: '{fact.fee}' }, (text) => fillFacts(text, { sentence: () => 'Gratis.' }, 'id', 0))
    expect(filled).toBe('Gratis. Salam untuk {fact.fee}.')
  })

  it('that are out of date take their sentence along', () => {
    expect(translator.html('id', 'shop.old', {}, fill)).toBe('Kabar. Salam.')
  })

  it('get the text in the language that was asked for', () => {
    const seen: string[] = []
    translator.html('en', 'shop.fact', { you: 'Sari' }, (text) => (seen.push(text), text))
    expect(seen).toEqual(['{fact.fee} Greetings to {{you}}.'])
  })
})
