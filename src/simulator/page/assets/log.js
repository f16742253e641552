// The list of messages of one chat as one person sees it: what changed is drawn anew, the rest stays where it is.
// It must not send anything.

import { bubble } from './bubble.js'
import { el, iconButton } from './dom.js'
import { model } from './link.js'
import { formatDay, t } from './texts.js'

/** Messages of one sender that follow within so many ms belong together. */
const TOGETHER_MS = 5 * 60_000
/** So near its end (pixels) the log follows new messages. */
const NEAR_END = 80

/** The name of a sender: 'bot' or a person's id. */
export function senderOf(from) {
  const { bot, people } = model.state
  if (from === 'bot') return { id: bot.id, name: bot.firstName }
  const person = people.find((one) => one.id === from)
  return { id: from, name: person === undefined ? '' : [person.firstName, person.lastName].filter(Boolean).join(' ') }
}

function viewOf(chat, index, person) {
  const message = chat.messages[index]
  const next = chat.messages[index + 1]
  const replied = message.replyTo === undefined ? undefined : chat.messages.find((one) => one.messageId === message.replyTo)
  const taps = model.state.taps.filter((tap) => tap.chat === chat.id && tap.message === message.messageId
    && tap.person === person && tap.state === 'spinning')
  return {
    message,
    mine: message.from === person,
    sender: senderOf(message.from),
    showsSender: chat.type !== 'private',
    isTail: next === undefined || next.from !== message.from || next.kind === 'service' || next.date - message.date > TOGETHER_MS,
    reply: message.replyTo === undefined ? undefined : { message: replied, ...senderOf(replied?.from ?? 'bot') },
    spinning: new Set(taps.map((tap) => tap.data)),
  }
}

/** Where the keyboard focus stands inside an element, to put it back after drawing it anew. */
function focusWithin(element) {
  return [...element.querySelectorAll('button, a')].indexOf(document.activeElement)
}

/** Makes the log of one phone. `on` as for a bubble. */
export function createLog(on) {
  const list = el('ol', { className: 'log', role: 'log', tabIndex: 0, 'aria-live': 'polite' })
  const toEnd = iconButton('chevron', t('log-to-end'), () => scrollToEnd('smooth'), 'to-end')
  const root = el('div', { className: 'log-box' }, list, toEnd)
  /** By message id or day: the element and what it was drawn from. */
  let drawn = new Map()
  let shownChat
  let ownNewest

  const distance = () => list.scrollHeight - list.scrollTop - list.clientHeight
  const scrollToEnd = (behavior = 'instant') => list.scrollTo({ top: list.scrollHeight, behavior })
  const showToEnd = () => { toEnd.hidden = distance() <= NEAR_END }
  list.addEventListener('scroll', showToEnd, { passive: true })
  // The keyboard below the log opens and closes: the newest message stays in sight.
  let wasNearEnd = true
  list.addEventListener('scroll', () => { wasNearEnd = distance() <= NEAR_END }, { passive: true })
  list.addEventListener('load', () => { if (wasNearEnd) scrollToEnd() }, true)
  new ResizeObserver(() => { if (wasNearEnd) scrollToEnd() }).observe(list)

  function draw(key, source, make, following) {
    const signature = JSON.stringify(source, (_, value) => (value instanceof Set ? [...value] : value))
    const known = drawn.get(key)
    if (known?.signature === signature) {
      following.set(key, known)
      return known.element
    }
    const element = make()
    if (known === undefined) element.classList.add('new')
    else {
      const focused = focusWithin(known.element)
      known.element.replaceWith(element)
      if (focused >= 0) queueMicrotask(() => element.querySelectorAll('button, a')[focused]?.focus())
    }
    following.set(key, { element, signature })
    return element
  }

  function update(chat, person) {
    const isOther = shownChat !== chat.id
    const isNear = isOther || distance() <= NEAR_END
    if (isOther) {
      drawn = new Map()
      list.replaceChildren()
    }
    const following = new Map()
    const elements = []
    let day
    for (const [index, message] of chat.messages.entries()) {
      const itsDay = formatDay(message.date)
      if (itsDay !== day) {
        day = itsDay
        elements.push(draw(`day ${itsDay}`, itsDay, () => el('li', { className: 'day' }, el('span', {}, itsDay)), following))
      }
      const view = viewOf(chat, index, person)
      elements.push(draw(message.messageId, view, () => bubble(view, on), following))
    }
    place(elements)
    drawn = following
    list.setAttribute('aria-label', t('log-label', { name: chat.title ?? model.state.bot.firstName }))
    const newest = chat.messages.findLast((message) => message.from === person)?.messageId
    if (isNear || newest !== ownNewest) scrollToEnd()
    if (isOther) for (const { element } of drawn.values()) element.classList.remove('new')
    shownChat = chat.id
    ownNewest = newest
    showToEnd()
  }

  /** Puts the elements in order, moving only those that stand elsewhere. */
  function place(elements) {
    const kept = new Set(elements)
    for (const { element } of drawn.values()) if (!kept.has(element)) element.remove()
    for (const [index, element] of elements.entries()) {
      if (list.children[index] !== element) list.insertBefore(element, list.children[index] ?? null)
    }
  }

  function jump(messageId) {
    const target = list.querySelector(`[data-message="${messageId}"]`)
    if (target === null) return
    target.scrollIntoView({ block: 'center', behavior: 'smooth' })
    target.classList.remove('flash')
    requestAnimationFrame(() => target.classList.add('flash'))
  }

  return { root, update, jump }
}
