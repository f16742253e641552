import { array, assert, constantFrom, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseHtml } from '../../src/simulator/html.ts'

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

describe('Telegram HTML', () => {
  it.each([
    ['Halo', 'Halo', []],
    ['<b>Halo</b> Bu', 'Halo Bu', [{ type: 'bold', offset: 0, length: 4 }]],
    ['<B>a</B>', 'a', [{ type: 'bold', offset: 0, length: 1 }]],
    ['<strong>a</strong>', 'a', [{ type: 'bold', offset: 0, length: 1 }]],
    ['<i>a</i><em>b</em>', 'ab', [{ type: 'italic', offset: 0, length: 1 }, { type: 'italic', offset: 1, length: 1 }]],
    ['<u>a</u><ins>b</ins>', 'ab', [{ type: 'underline', offset: 0, length: 1 }, { type: 'underline', offset: 1, length: 1 }]],
    ['<s>a</s><del>b</del>', 'ab', [{ type: 'strikethrough', offset: 0, length: 1 }, { type: 'strikethrough', offset: 1, length: 1 }]],
    ['<span class="tg-spoiler">a</span>', 'a', [{ type: 'spoiler', offset: 0, length: 1 }]],
    ['<tg-spoiler>a</tg-spoiler>', 'a', [{ type: 'spoiler', offset: 0, length: 1 }]],
    ['<a href="https://a.id?x=1&amp;y=2">a</a>', 'a', [{ type: 'text_link', offset: 0, length: 1, url: 'https://a.id?x=1&y=2' }]],
    ['<code class="language-x">a</code>', 'a', [{ type: 'code', offset: 0, length: 1 }]],
    ['<pre>a</pre>', 'a', [{ type: 'pre', offset: 0, length: 1 }]],
    ['<pre><code class="language-sql">a</code></pre>', 'a', [{ type: 'pre', offset: 0, length: 1, language: 'sql' }]],
    ['<blockquote>a</blockquote>', 'a', [{ type: 'blockquote', offset: 0, length: 1 }]],
    ['<blockquote expandable>a</blockquote>', 'a', [{ type: 'expandable_blockquote', offset: 0, length: 1 }]],
    ['<tg-emoji emoji-id="5">👍</tg-emoji>', '👍', [{ type: 'custom_emoji', offset: 0, length: 2, custom_emoji_id: '5' }]],
    ['👍<b><i>a</i>b</b>', '👍ab', [{ type: 'bold', offset: 2, length: 2 }, { type: 'italic', offset: 2, length: 1 }]],
    ['&lt;b&gt; &amp; &quot; &#65;&#x42; &nbsp; R&D', '<b> & " AB &nbsp; R&D', []],
    ['a > b', 'a > b', []],
    ['<b></b>a', 'a', []],
  ])('%s reads as %s', (source, text, entities) => {
    expect(parseHtml(source)).toEqual({ type: 'parsed', text, entities })
  })

  it.each([
    ['ab <x>', 'Unsupported start tag "x" at byte offset 3'],
    ['é <br>', 'Unsupported start tag "br" at byte offset 3'],
    ['1 <2', 'Unclosed start tag at byte offset 2'],
    ['laba < 5 juta > 2', 'Unsupported start tag "" at byte offset 5'],
    ['<b>a', 'Can\'t find end tag corresponding to start tag "b"'],
    ['a</b>', 'Unexpected end tag at byte offset 1'],
    ['<b>a</i>', 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'],
    ['<b>a</b', 'Unclosed end tag at byte offset 4'],
    ['<b', 'Unclosed start tag at byte offset 0'],
    ['<a href="x', 'Unclosed start tag at byte offset 0'],
    ['<a href=a/b>x</a>', 'Unexpected end of name token at byte offset 8'],
    ['<a ="x">x</a>', 'Empty attribute name in the tag "a" at byte offset 0'],
    ['<span>a</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
  ])('%s is refused: %s', (source, reason) => {
    expect(parseHtml(source)).toEqual({ type: 'refused', reason })
  })

  it('takes any escaped text, and gives it back', () => {
    assert(property(string({ unit: 'binary' }), (text) => {
      expect(parseHtml(escape(text))).toEqual({ type: 'parsed', text, entities: [] })
      expect(parseHtml(`<b>${escape(text)}x</b>`)).toEqual({
        type: 'parsed', text: `${text}x`, entities: [{ type: 'bold', offset: 0, length: text.length + 1 }],
      })
    }))
  })

  it('answers anything at all with a text or a reason', () => {
    const pieces = constantFrom('<', '>', '/', '"', '=', '&', ';', '#', ' ', 'b', 'a', 'href', 'span', 'é', '</b>', '<b>')
    assert(property(array(pieces), (soup) => {
      expect(['parsed', 'refused']).toContain(parseHtml(soup.join('')).type)
    }))
  })
})
