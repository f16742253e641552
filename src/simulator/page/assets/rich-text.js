// Text with its entities as elements: bold, links, spoilers, quotes. It must not decide what a tapped link does.

import { el } from './dom.js'
import { t } from './texts.js'

const PLAIN_TAGS = { bold: 'strong', italic: 'em', underline: 'u', strikethrough: 's', code: 'code' }

const BLOCKS = new Set(['pre', 'blockquote', 'expandable_blockquote'])

/** What a link entity leads to; only these kinds of address become links. */
function addressOf(entity, text) {
  if (entity.type === 'text_link') return entity.url
  if (entity.type === 'email') return `mailto:${text}`
  if (entity.type === 'phone_number') return `tel:${text}`
  return /^[a-z][a-z+.-]*:/i.test(text) ? text : `https://${text}`
}

const isSafe = (address) => /^(https?|tg|mailto|tel):/i.test(address)

function spoiler(inner) {
  const reveal = (event) => {
    event.currentTarget.classList.add('shown')
    event.currentTarget.removeAttribute('role')
  }
  return el('span', {
    className: 'spoiler',
    role: 'button',
    tabIndex: 0,
    title: t('spoiler'),
    on: { click: reveal, keydown: (event) => { if (event.key === 'Enter') reveal(event) } },
  }, el('span', {}, inner))
}

function quote(inner, expandable) {
  const block = el('blockquote', { className: expandable ? 'folded' : '' }, inner)
  if (!expandable) return block
  block.append(el('button', {
    type: 'button',
    className: 'unfold',
    on: { click: (event) => { block.classList.toggle('folded'); event.currentTarget.textContent = unfoldLabel(block) } },
  }, unfoldLabel(block)))
  return block
}

const unfoldLabel = (block) => t(block.classList.contains('folded') ? 'quote-more' : 'quote-less')

function wrap(entity, inner, text, on) {
  const tag = PLAIN_TAGS[entity.type]
  if (tag !== undefined) return el(tag, {}, inner)
  switch (entity.type) {
    case 'pre':
      return el('pre', { title: entity.language ?? '' }, el('code', {}, inner))
    case 'spoiler':
      return spoiler(inner)
    case 'blockquote':
    case 'expandable_blockquote':
      return quote(inner, entity.type === 'expandable_blockquote')
    case 'bot_command':
      return el('button', { type: 'button', className: 'text-link', on: { click: () => on.command(text) } }, inner)
    case 'text_link':
    case 'url':
    case 'email':
    case 'phone_number': {
      const href = addressOf(entity, text)
      if (!isSafe(href)) return el('span', {}, inner)
      const follow = (event) => { event.preventDefault(); on.link(href) }
      return el('a', { href, rel: 'noopener noreferrer', target: '_blank', on: { click: follow } }, inner)
    }
    case 'mention':
    case 'text_mention':
    case 'hashtag':
    case 'cashtag':
      return el('span', { className: 'tint' }, inner)
    default:
      return el('span', {}, inner)
  }
}

function between(text, from, to, entities, on) {
  const nodes = []
  let at = from
  for (let index = 0; index < entities.length;) {
    const entity = entities[index]
    const end = Math.min(entity.offset + entity.length, to)
    index += 1
    const inner = []
    while (index < entities.length && entities[index].offset < end) inner.push(entities[index++])
    if (entity.offset > at) nodes.push(text.slice(at, entity.offset))
    nodes.push(wrap(entity, between(text, entity.offset, end, inner, on), text.slice(entity.offset, end), on))
    // A block ends its own line: the newline after it would leave an empty one.
    at = BLOCKS.has(entity.type) && text[end] === '\n' ? end + 1 : end
  }
  if (at < to) nodes.push(text.slice(at, to))
  return nodes
}

/**
 * Nodes for a text and its entities; offsets count UTF-16 units, as Telegram's and JavaScript's do.
 * `on.command(text)` and `on.link(address)` hear taps.
 */
export function richText(text, entities, on) {
  const ordered = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length)
  return between(text, 0, text.length, ordered, on)
}
