// One person's phone: its chats, the log, the composer, and what a tap on anything in it does. It must not know the
// other phones; links that open elsewhere go through `onOpen`.

import { createComposer } from './composer.js'
import { ask, tell, toast } from './dialog.js'
import { avatar, el, icon, iconButton } from './dom.js'
import { act, clinicNow, model } from './link.js'
import { createLog } from './log.js'
import { openMenu } from './popup-menu.js'
import { formatTime, t } from './texts.js'

/** The start payload of a link to this bot ('' without one); undefined for every other link. */
function startPayload(address) {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (url === undefined) return undefined
  const username = url.protocol === 'tg:' ? url.searchParams.get('domain') : url.pathname.slice(1)
  const isTelegram = url.protocol === 'tg:' || ['t.me', 'telegram.me'].includes(url.hostname)
  if (!isTelegram || username?.toLowerCase() !== model.state.bot.username.toLowerCase()) return undefined
  return url.searchParams.get('start') ?? ''
}

/** Kinds whose words their sender may change. */
const EDITABLE = new Set(['text', 'photo', 'video', 'animation', 'document', 'audio', 'voice'])

/** Makes the phone of a person. `onOpen(payload)`: a link to the bot was followed and may belong on another phone. */
export function createPhone(personId, onOpen) {
  let chatId = personId
  const seenUpTo = new Map()
  const answeredTaps = new Set()
  const ownTaps = new Set()

  const time = el('time')
  const name = el('strong')
  const role = el('span')
  const picture = el('span')
  const title = el('strong')
  const status = el('span', { className: 'status', role: 'status' })
  const more = iconButton('more', t('phone-menu'), () => openMenu(more, chatId === personId ? privateMenu() : groupMenu(model.chats.get(chatId)), t('phone-menu')))
  const tabs = el('div', { className: 'chat-tabs', role: 'group', 'aria-label': t('chats'), hidden: true })
  const hello = el('div', { className: 'hello' })
  const notices = el('div', { className: 'toasts' })
  const log = createLog({ tap, command: (text) => send({ do: 'text', text }), link: follow, jump: (id) => log.jump(id), menu: messageMenu, reply: (message) => composer.reply(message) })
  const composer = createComposer({ send, start: () => start(), unblock: () => perform({ do: 'unblock', person: personId }), notice: (text) => notice(text) })
  const root = el('section', { className: 'phone', data: { person: String(personId) } },
    el('div', { className: 'strip' }, time, el('span', {}, name, role)),
    el('header', { className: 'head' }, picture, el('div', { className: 'names' }, title, status), more),
    tabs,
    el('div', { className: 'screen' }, log.root, hello, notices),
    composer.root)

  const person = () => model.state.people.find((one) => one.id === personId)
  const ownChats = () => model.state.chatIds.map((id) => model.chats.get(id))
    .filter((chat) => chat?.seats.some((seat) => seat.person === personId))
  const notice = (text) => toast(notices, text)

  async function perform(deed) {
    const outcome = await act(deed)
    if (outcome.type === 'refused') notice(t(`refused-${outcome.reason}`))
    return outcome
  }

  async function send(deed) {
    return (await perform({ ...deed, person: personId, chat: chatId })).type === 'done'
  }

  function start(payload = '') {
    chatId = personId
    return perform({ do: 'start', person: personId, ...(payload === '' ? {} : { payload }) })
  }

  async function tap(message, button) {
    if (button.callback_data !== undefined) {
      const outcome = await perform({ do: 'tap', person: personId, chat: chatId, message: message.messageId, data: button.callback_data })
      if (outcome.type === 'done') ownTaps.add(outcome.made)
    } else if (button.copy_text !== undefined) await copy(button.copy_text.text)
    else if (button.url === undefined) notice(t('only-telegram'))
    else if (startPayload(button.url) === undefined) await openOutside(button.url)
    else await start(startPayload(button.url))
  }

  async function follow(address) {
    const payload = startPayload(address)
    if (payload === undefined) await openOutside(address)
    else onOpen(payload)
  }

  async function openOutside(address) {
    const answer = await ask({ title: t('link-open'), body: address, confirm: t('open') })
    if (answer !== undefined) globalThis.open(address, '_blank', 'noopener')
  }

  async function copy(text) {
    const copied = await navigator.clipboard?.writeText(text).then(() => true, () => false)
    if (copied) notice(t('copied'))
    else await tell(t('copy'), text)
  }

  function messageMenu(message, anchor) {
    const words = message.text ?? message.caption
    const isMine = message.from === personId
    openMenu(anchor, [
      { icon: 'reply', label: t('message-reply'), run: () => composer.reply(message) },
      words !== undefined && !message.protected && { icon: 'copy', label: t('copy'), run: () => { void copy(words) } },
      isMine && EDITABLE.has(message.kind) && { icon: 'edit', label: t('message-edit'), run: () => composer.edit(message) },
      isMine && { icon: 'trash', label: t('message-delete'), dangerous: true, run: () => { void send({ do: 'delete', message: message.messageId }) } },
    ], t('message-menu'))
  }

  const item = (picture, label, deed, dangerous = false) => ({
    icon: picture, label, dangerous, run: () => { void perform({ person: personId, chat: chatId, ...deed }) },
  })

  function groupMenu({ id, seats, hasBot }) {
    const seated = new Set(seats.map((seat) => seat.person))
    const others = model.state.people.filter((one) => !seated.has(one.id) && !one.deactivated)
    return [
      ...others.map((one) => item('plus', t('group-invite', { name: one.firstName }), { do: 'join', person: one.id, chat: id })),
      hasBot
        ? item('block', t('group-bot-out'), { do: 'bot-membership', member: false }, true)
        : item('plus', t('group-bot-in'), { do: 'bot-membership', member: true }),
      item('trash', t('group-leave'), { do: 'leave' }, true),
    ]
  }

  function privateMenu() {
    const { blockedBot, refusesVoice = false, started } = person()
    return [
      { icon: 'mic', label: t(refusesVoice ? 'voice-allow' : 'voice-refuse'), run: () => { void perform({ do: 'refuse-voice', person: personId, on: !refusesVoice }) } },
      started && { icon: 'send', label: t('phone-start-again'), run: () => { void start() } },
      blockedBot
        ? { icon: 'check', label: t('unblock'), run: () => { void perform({ do: 'unblock', person: personId }) } }
        : { icon: 'block', label: t('block'), dangerous: true, run: () => { void perform({ do: 'block', person: personId }) } },
    ]
  }

  function showTabs(chats) {
    tabs.hidden = chats.length < 2
    tabs.replaceChildren(...chats.map((chat) => el('button', {
      type: 'button',
      'aria-pressed': String(chat.id === chatId),
      on: { click: () => { chatId = chat.id; composer.reset(); update() } },
    }, icon(chat.type === 'private' ? 'person' : 'group'), el('span', {}, chat.title ?? model.state.bot.firstName), badge(unreadOf(chat)))))
  }

  const unreadOf = (chat) => chat.messages.filter((message) => message.from !== personId && message.messageId > (seenUpTo.get(chat.id) ?? 0)).length

  /** Shows what the bot answered to this phone's taps, each once. */
  function showAnswers() {
    for (const { id, answer } of model.state.taps) {
      if (answer === undefined || !ownTaps.has(id) || answeredTaps.has(id)) continue
      answeredTaps.add(id)
      if (answer.url !== undefined) void (startPayload(answer.url) === undefined ? openOutside(answer.url) : start(startPayload(answer.url)))
      else if (answer.text && answer.showAlert) void tell(model.state.bot.firstName, answer.text)
      else if (answer.text) notice(answer.text)
    }
  }

  function update() {
    const self = person()
    const chats = ownChats()
    const chat = chats.find((one) => one.id === chatId) ?? chats[0]
    if (self === undefined || chat === undefined) return
    chatId = chat.id
    const isPrivate = chat.type === 'private'
    const chatName = chat.title ?? model.state.bot.firstName
    root.setAttribute('aria-label', t('phone-label', { name: self.firstName }))
    name.textContent = self.firstName
    role.textContent = t(`role-${self.role ?? 'other'}`)
    title.textContent = chatName
    picture.replaceChildren(avatar(isPrivate ? model.state.bot.id : chat.id, chatName))
    status.textContent = chat.typing === undefined ? t(isPrivate ? 'status-bot' : chat.hasBot ? 'status-group' : 'status-group-alone', { count: chat.seats.length }) : t('status-typing')
    status.classList.toggle('busy', chat.typing !== undefined)
    if (!root.hidden && document.visibilityState === 'visible') seenUpTo.set(chat.id, chat.messages.at(-1)?.messageId ?? 0)
    showTabs(chats)
    log.update(chat, personId)
    hello.hidden = chat.messages.length > 0
    hello.replaceChildren(el('p', {}, avatar(model.state.bot.id, chatName, 'huge'), el('strong', {}, chatName), t(isPrivate ? 'hello' : 'hello-group')))
    composer.update({
      person: self,
      bot: model.state.bot,
      seat: chat.seats.find((seat) => seat.person === personId),
      isPrivate,
      lastOwn: chat.messages.findLast((message) => message.from === personId && message.kind === 'text'),
    })
    showAnswers()
    tick()
  }

  const tick = () => { time.textContent = formatTime(clinicNow()) }

  return { root, update, tick, start, unread: () => ownChats().reduce((sum, chat) => sum + unreadOf(chat), 0), focus: () => composer.focus() }
}

/** The number of unread messages in a small circle; nothing for none. */
export function badge(count) {
  return count > 0 && el('span', { className: 'badge', 'aria-label': t('unread', { count }) }, count > 99 ? '99+' : String(count))
}
