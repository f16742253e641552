// The part of HTML that our messages may use and Telegram accepts, and what a reader sees of it.
// It must not send or change texts.
// Source: Telegram Bot API, "HTML style".

const TAGS = new Set(['b', 'i', 'u', 's', 'a', 'code', 'pre', 'blockquote', 'tg-spoiler'])

const TAG = /<(\/?)([a-z][a-z-]*)((?:\s+[a-z-]+(?:="[^"<>]*")?)*)\s*>/y

const ENTITY = /&(?:lt|gt|amp|quot|#\d{1,7}|#x[\da-f]{1,6});/iy

const LINK = /^ href="(?:https:\/\/|tg:\/\/|mailto:|tel:|\{\{)[^"]*"$/

/** The first thing in `html` that Telegram would refuse or show wrongly, in words; undefined when it is fine. */
export function findHtmlProblem(html: string): { readonly what: string; readonly mend: string } | undefined {
  const open: string[] = []
  for (let at = 0; at < html.length; at += 1) {
    const character = html[at]
    if (character === '&') {
      if (!matches(ENTITY, html, at)) return { what: `a bare & at "${around(html, at)}"`, mend: 'Write &amp;.' }
      continue
    }
    if (character === '>') return { what: `a bare > at "${around(html, at)}"`, mend: 'Write &gt;.' }
    if (character !== '<') continue
    const [whole, slash, name = '', attributes = ''] = matches(TAG, html, at) ?? []
    if (whole === undefined) return { what: `a bare < at "${around(html, at)}"`, mend: 'Write &lt; or complete the tag.' }
    if (!TAGS.has(name)) return { what: `the tag <${name}> is not used here`, mend: `Use one of ${[...TAGS].join(' ')}.` }
    if (slash === '/') {
      const expected = open.pop()
      if (expected === name) {
        at += whole.length - 1
        continue
      }
      const what = expected === undefined ? `</${name}> closes nothing` : `</${name}> stands where </${expected}> belongs`
      return { what, mend: 'Close tags in the reverse order in which they open.' }
    }
    if (!fitsTag(name, attributes)) {
      return { what: `<${name}${attributes}> has attributes Telegram does not take`, mend: exampleOf(name) }
    }
    const holder = open.find((tag) => tag === 'code' || tag === 'pre' || tag === name)
    if (holder !== undefined) {
      return { what: `<${name}> stands inside <${holder}>`, mend: `Close <${holder}> first.` }
    }
    open.push(name)
    at += whole.length - 1
  }
  const left = open.at(-1)
  return left === undefined ? undefined : { what: `<${left}> is never closed`, mend: `Add </${left}>.` }
}

/** What a reader sees: tags gone, entities turned into their characters. Telegram counts its lengths on this. */
export function visibleText(html: string): string {
  return html
    .replaceAll(/<\/?[a-z][^<>]*>/gi, '')
    .replaceAll(/&#x([\da-f]{1,6});/gi, (_, digits: string) => character(Number.parseInt(digits, 16)))
    .replaceAll(/&#(\d{1,7});/g, (_, digits: string) => character(Number(digits)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
}

function fitsTag(name: string, attributes: string): boolean {
  if (name === 'a') return LINK.test(attributes)
  return attributes === '' || (name === 'blockquote' && attributes === ' expandable')
}

function exampleOf(name: string): string {
  if (name === 'a') return 'Write <a href="https://…">.'
  return name === 'blockquote' ? 'Write <blockquote> or <blockquote expandable>.' : `Write <${name}>.`
}

function character(code: number): string {
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
}

function matches(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

function around(text: string, at: number): string {
  return text.slice(Math.max(0, at - 10), at + 10)
}
