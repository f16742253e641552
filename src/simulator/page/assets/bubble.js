// One message as a bubble, with its inline buttons. It must not know the chat around it; what a tap does is told by `on`.

import { avatar, colourOf, el, icon, iconButton } from './dom.js'
import { mediaOf, summaryOf } from './media.js'
import { richText } from './rich-text.js'
import { formatTime, t } from './texts.js'

/** The little picture in the corner of a button that does more than answer. */
function cornerOf(button) {
  if (button.url !== undefined) return icon('link')
  if (button.copy_text !== undefined) return icon('copy')
  return undefined
}

function inlineButton(button, isSpinning, onTap) {
  return el('button', {
    type: 'button',
    className: `inline-button ${isSpinning ? 'spinning' : ''} ${button.style ?? ''}`,
    'aria-busy': isSpinning ? 'true' : undefined,
    on: { click: () => onTap(button) },
  }, el('span', {}, button.text), cornerOf(button))
}

function inlineKeyboard(rows, spinning, onTap) {
  return el('div', { className: 'inline-keyboard', role: 'group', 'aria-label': t('buttons') },
    rows.map((row) => el('div', { className: 'key-row' },
      row.map((button) => inlineButton(button, button.callback_data !== undefined && spinning.has(button.callback_data), onTap)))))
}

function replyPreview(reply, on) {
  const { name, message } = reply
  return el('button', { type: 'button', className: `reply-preview ${colourOf(reply.id)}`, on: { click: () => on.jump(message?.messageId) } },
    el('strong', {}, name), el('span', {}, message === undefined ? t('message-gone') : summaryOf(message)))
}

function stamp({ message, mine }) {
  const when = message.editDate ?? message.date
  return el('span', { className: 'stamp' },
    message.protected && el('span', {}, t('message-protected')),
    message.editDate !== undefined && el('span', {}, t('message-edited')),
    el('time', { dateTime: new Date(when).toISOString(), title: `${formatTime(when)} WIB` }, formatTime(message.date)),
    mine && icon('checks'))
}

/**
 * A message of the log. `view`: { message, mine, sender: { id, name }, showsSender, isTail, reply?, spinning }.
 * `on`: tap(message, button), command(text), link(address), jump(messageId), menu(message, anchor).
 */
export function bubble(view, on) {
  const { message, mine, sender, showsSender, isTail } = view
  if (message.kind === 'service') return el('li', { className: 'service' }, el('span', {}, t(`service-${(message.text ?? '').replaceAll(' ', '-')}`, { name: sender.name })))
  const text = message.text ?? message.caption
  const entities = message.text === undefined ? message.captionEntities : message.entities
  const isBare = message.kind === 'sticker'
  const body = el('div', { className: `bubble ${isTail ? 'tail' : ''} ${isBare ? 'bare' : ''} kind-${message.kind}` },
    showsSender && !mine && el('strong', { className: `sender ${colourOf(sender.id)}` }, sender.name),
    message.forwarded && el('small', { className: 'forwarded' }, t('message-forwarded')),
    view.reply && replyPreview(view.reply, on),
    mediaOf(message),
    text !== undefined && text !== '' && el('div', { className: 'text' }, richText(text, entities, on)),
    stamp(view))
  const more = iconButton('more', t('message-menu'), (event) => on.menu(message, event.currentTarget), 'more')
  return el('li', {
    className: `message ${mine ? 'mine' : 'theirs'}`,
    data: { message: String(message.messageId) },
    on: {
      contextmenu: (event) => { event.preventDefault(); on.menu(message, more) },
      dblclick: (event) => { if (event.target === event.currentTarget) on.reply(message) },
    },
  },
  showsSender && !mine && (isTail ? avatar(sender.id, sender.name, 'small') : el('span', { className: 'avatar-space' })),
  el('div', { className: 'column' },
    el('div', { className: 'line' }, body, more),
    message.inlineKeyboard && inlineKeyboard(message.inlineKeyboard, view.spinning, (button) => on.tap(message, button))))
}
