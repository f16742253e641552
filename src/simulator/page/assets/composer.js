// The foot of a phone: text field, menu, attachments, reply keyboard; or one large button before Start and after a block.
// It must not know the log above it; what is sent is told by `send(deed)`.

import * as attachments from './attachments.js'
import { createCommandList } from './command-list.js'
import { el, icon, iconButton } from './dom.js'
import { summaryOf } from './media.js'
import { openMenu } from './popup-menu.js'
import { createReplyKeyboard } from './reply-keyboard.js'
import { t } from './texts.js'

/** Makes the composer. `on`: send(deed) in the open chat, start(), unblock(), notice(text). */
export function createComposer(on) {
  let seat
  let context
  /** What the text is for: undefined a new message, or { type: 'reply' | 'edit', message }. */
  let aim

  const field = el('textarea', { rows: 1, maxLength: 4096, placeholder: t('composer-placeholder'), 'aria-label': t('composer-placeholder'), enterKeyHint: 'send' })
  const commands = createCommandList((command) => { void sendText(command) })
  const keyboard = createReplyKeyboard(press)
  const menu = el('button', { type: 'button', className: 'menu-button', 'aria-label': t('commands'), title: t('commands'), on: { click: toggleCommands } },
    icon('menu'), el('span', {}, t('composer-menu')))
  const toggle = iconButton('keyboard', t('composer-keyboard'), () => { keyboard.toggle(!keyboard.isOpen()); showState() })
  const attach = iconButton('attach', t('attach'), () => openMenu(attach, attachItems(), t('attach')))
  const send = iconButton('send', t('send'), () => { void sendText(field.value) }, 'send')
  const voice = iconButton('mic', t('attach-voice'), () => { void offer(attachments.askVoice) }, 'send')
  const aimBox = el('div', { className: 'aim', hidden: true })
  const large = el('button', { type: 'button', className: 'large', on: { click: () => (context.person.blockedBot ? on.unblock() : on.start()) } })
  const line = el('form', { className: 'line', on: { submit: (event) => { event.preventDefault(); void sendText(field.value) } } },
    menu, field, toggle, attach, voice, send)
  const root = el('footer', { className: 'composer' }, commands.root, aimBox, line, keyboard.root, large)

  const attachItems = () => [
    ['picture', 'attach-photo', attachments.askPhoto],
    ['picture', 'attach-album', attachments.askAlbum],
    ['play', 'attach-video', attachments.askVideo],
    ['file', 'attach-document', attachments.askDocument],
    ['mic', 'attach-voice', attachments.askVoice],
    ['pin', 'attach-location', attachments.askLocation],
    ['person', 'attach-contact', attachments.askContact],
    ['smile', 'attach-sticker', attachments.askSticker],
  ].map(([picture, label, question]) => ({ icon: picture, label: t(label), run: () => { void offer(question) } }))

  async function offer(question) {
    const deed = await question()
    const replyTo = aim?.type === 'reply' ? { replyTo: aim.message.messageId } : {}
    if (deed !== undefined && await on.send({ ...deed, ...replyTo })) takeAim(undefined)
    field.focus()
  }

  async function sendText(typed) {
    const text = typed.trim()
    if (text === '') return
    const deed = aim?.type === 'edit'
      ? { do: 'edit', message: aim.message.messageId, text }
      : { do: 'text', text, ...(aim === undefined ? {} : { replyTo: aim.message.messageId }) }
    commands.close()
    if (await on.send(deed)) {
      field.value = ''
      takeAim(undefined)
    }
    grow()
  }

  async function press(key) {
    if (key.request_contact) return offer(() => attachments.askOwnContact(context.person.id, context.bot.firstName))
    if (key.request_location) return offer(() => attachments.askLocation(t('share-location')))
    if (key.web_app || key.request_users || key.request_chat || key.request_poll) return on.notice(t('only-telegram'))
    return on.send({ do: 'text', text: key.text })
  }

  function toggleCommands() {
    if (commands.isOpen()) commands.close()
    else commands.show(seat?.commands ?? [], t('commands-none'))
    field.focus()
  }

  function takeAim(next) {
    aim = next
    aimBox.hidden = next === undefined
    if (next === undefined) return
    aimBox.replaceChildren(
      icon(next.type === 'edit' ? 'edit' : 'reply'),
      el('div', {}, el('strong', {}, t(`composer-${next.type}`)), el('span', {}, summaryOf(next.message))),
      iconButton('close', t('cancel'), () => cancelAim()))
    if (next.type === 'edit') field.value = next.message.text ?? next.message.caption ?? ''
    field.focus()
    grow()
  }

  function cancelAim() {
    if (aim?.type === 'edit') field.value = ''
    takeAim(undefined)
    grow()
  }

  function grow() {
    field.style.height = 'auto'
    field.style.height = `${Math.min(field.scrollHeight, 132)}px`
    showState()
  }

  function showState() {
    const isEmpty = field.value.trim() === ''
    send.hidden = isEmpty
    voice.hidden = !isEmpty
    menu.classList.toggle('small', field.value !== '')
    toggle.hidden = seat?.keyboard === undefined
    toggle.setAttribute('aria-pressed', String(keyboard.isOpen()))
    const word = /^\/(\w*)$/.exec(field.value)?.[1]
    const typed = word === undefined ? [] : (seat?.commands ?? []).filter(({ command }) => command.startsWith(word.toLowerCase()))
    if (word !== undefined) commands.show(typed)
  }

  field.addEventListener('input', () => {
    if (!field.value.startsWith('/')) commands.close()
    grow()
  })
  field.addEventListener('keydown', (event) => {
    if (event.isComposing || commands.key(event)) return
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      void sendText(field.value)
    } else if (event.key === 'Escape') cancelAim()
    else if (event.key === 'ArrowUp' && field.value === '' && aim === undefined && context.lastOwn !== undefined) {
      event.preventDefault()
      takeAim({ type: 'edit', message: context.lastOwn })
    }
  })

  /** `next`: { person, bot, seat, isPrivate, lastOwn: the person's newest text message }. */
  function update(next) {
    context = next
    seat = next.seat
    const { person, isPrivate } = next
    const mustPress = person.deactivated || (isPrivate && (person.blockedBot || !person.started))
    large.hidden = !mustPress
    large.disabled = person.deactivated
    line.hidden = mustPress
    large.textContent = person.deactivated ? t('person-deleted') : t(person.blockedBot ? 'unblock' : 'start')
    field.placeholder = seat?.keyboard?.placeholder ?? t('composer-placeholder')
    if (mustPress) commands.close()
    keyboard.update(mustPress ? undefined : seat?.keyboard)
    showState()
  }

  return {
    root,
    update,
    reply: (message) => takeAim({ type: 'reply', message }),
    edit: (message) => takeAim({ type: 'edit', message }),
    reset: () => { cancelAim(); commands.close() },
    focus: () => (large.hidden ? field : large).focus(),
  }
}
