// Holds which texts Telegram would take as HTML, and what a reader sees of them.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findHtmlProblem, visibleText } from '../../src/content/telegram-html.ts'

describe('HTML', () => {
  it.each([
    'Halo, <b>Bu <i>Sari</i></b>!',
    '<a href="https://oss.go.id">OSS</a> &amp; <code>/daftar</code>',
    '<blockquote expandable>Data wilayah</blockquote><tg-spoiler>hai</tg-spoiler>',
    'Rp1 &lt; Rp2 &#8212; &#x1F600; &quot;ya&quot;',
    '<a href="{{url}}">{{name}}</a>',
  ])('%j is fine', (html) => expect(findHtmlProblem(html)).toBeUndefined())

  it.each([
    ['Tanya & jawab', 'a bare &', '&amp;'],
    ['5 < 6', 'a bare <', '&lt;'],
    ['5 > 4', 'a bare >', '&gt;'],
    ['<b>Halo', '<b> is never closed', 'Add </b>'],
    ['Halo</b>', '</b> closes nothing', 'reverse order'],
    ['<b><i>Halo</b></i>', '</b> stands where </i> belongs', 'reverse order'],
    ['<strong>Halo</strong>', 'the tag <strong>', 'Use one of b i u'],
    ['Halo<br>', 'the tag <br>', 'Use one of'],
    ['<a>OSS</a>', 'attributes', '<a href='],
    ['<a href="oss.go.id">OSS</a>', 'attributes', 'https://'],
    ['<b class="x">Halo</b>', 'attributes', 'Write <b>.'],
    ['<pre><b>Halo</b></pre>', '<b> stands inside <pre>', 'Close <pre> first'],
    ['<b>a<b>b</b></b>', '<b> stands inside <b>', 'Close <b> first'],
    ['a &copy; b', 'a bare &', '&amp;'],
  ])('%j is refused', (html, what, mend) => {
    expect(findHtmlProblem(html)).toEqual({ what: expect.stringContaining(what), mend: expect.stringContaining(mend) })
  })

  it('takes any text once it is escaped, and shows it unchanged', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const html = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
      expect(findHtmlProblem(html)).toBeUndefined()
      expect(visibleText(html)).toBe(text)
    }))
  })

  it('is judged, never choked on', () => {
    const piece = fc.constantFrom('<', '>', '/', '&', ';', '"', 'b', 'a href="', '#x', '9', ' ', '{{n}}')
    fc.assert(fc.property(fc.array(piece), (pieces) => {
      expect(() => visibleText(`${String(findHtmlProblem(pieces.join(''))?.what)}${pieces.join('')}`)).not.toThrow()
    }))
  })
})
