// Starts the page: the phones and which of them show, the row of people, and the clock's tick.

import { createControls } from './controls.js'
import { ask } from './dialog.js'
import { avatar, el, icon } from './dom.js'
import { act, follow, model } from './link.js'
import { badge, createPhone } from './phone.js'
import { openMenu } from './popup-menu.js'
import { t } from './texts.js'

/** The least width of a phone and the gap beside it, pixels; as in page.css. */
const PHONE_WIDTH = 340

const row = document.getElementById('people')
const board = document.getElementById('phones')
const controls = createControls()
const phones = new Map()
/** Person ids, the last chosen first; as many as fit are on the board. */
let chosen = []
let arriving

function howManyFit() {
  return Math.max(1, Math.min(4, Math.floor(board.clientWidth / PHONE_WIDTH)))
}

function choose(id) {
  chosen = [id, ...chosen.filter((one) => one !== id)]
  show()
  // On a touch screen the focus would bring up the keyboard.
  if (matchMedia('(hover: hover)').matches) phones.get(id)?.focus()
}

function addPhones() {
  for (const { id } of model.state.people) {
    if (phones.has(id)) continue
    const phone = createPhone(id, openStartLink)
    phones.set(id, phone)
    board.append(phone.root)
    chosen = id === arriving ? [id, ...chosen] : [...chosen, id]
  }
}

/** A link to the bot may be an invitation for somebody else: asks on whose phone to open it. */
async function openStartLink(payload) {
  const choices = model.state.people.filter((person) => !person.deactivated).map(({ id, firstName }) => ({ value: String(id), label: firstName }))
  const answer = await ask({ title: t('link-whose'), choices })
  if (answer === undefined) return
  const id = Number(answer.choice)
  choose(id)
  await phones.get(id).start(payload)
}

async function addPerson() {
  const answer = await ask({ title: t('people-add'), fields: [{ name: 'firstName', label: t('people-name'), required: true, max: 64 }], confirm: t('people-add') })
  if (answer === undefined) return
  const outcome = await act({ do: 'add-person', firstName: answer.firstName })
  if (outcome.type !== 'done') return
  arriving = outcome.made
  if (phones.has(arriving)) choose(arriving)
}

async function addGroup() {
  const answer = await ask({
    title: t('people-add-group'),
    body: t('people-add-group-about'),
    fields: [{ name: 'title', label: t('people-group-name'), required: true, max: 128 }],
    confirm: t('people-add-group'),
  })
  if (answer !== undefined) await act({ do: 'add-group', title: answer.title, members: model.state.people.filter((one) => !one.deactivated).map((one) => one.id) })
}

const add = el('button', {
  type: 'button',
  className: 'chip add',
  'aria-label': t('people-more'),
  title: t('people-more'),
  on: {
    click: () => openMenu(add, [
      { icon: 'person', label: t('people-add'), run: () => { void addPerson() } },
      { icon: 'group', label: t('people-add-group'), run: () => { void addGroup() } },
    ], t('people-more')),
  },
}, icon('plus'))

const chips = new Map()

function chipOf({ id, firstName, role }, isShown) {
  const phone = phones.get(id)
  const unread = isShown ? 0 : phone.unread()
  const signature = JSON.stringify([firstName, role, isShown, unread])
  const known = chips.get(id)
  if (known?.signature === signature) return known.chip
  const chip = known?.chip ?? el('button', { type: 'button', className: 'chip', on: { click: () => choose(id) } })
  chip.setAttribute('aria-pressed', String(isShown))
  chip.replaceChildren(...[avatar(id, firstName, 'small'), el('span', {}, el('strong', {}, firstName), el('small', {}, t(`role-${role ?? 'other'}`))), badge(unread)].filter(Boolean))
  chips.set(id, { chip, signature })
  return chip
}

function show() {
  if (model.state === undefined) return
  const shown = new Set(chosen.slice(0, howManyFit()))
  for (const [id, phone] of phones) phone.root.hidden = !shown.has(id)
  for (const phone of phones.values()) phone.update()
  const wanted = [...model.state.people.map((person) => chipOf(person, shown.has(person.id))), add]
  if (wanted.some((chip, index) => row.children[index] !== chip)) row.replaceChildren(...wanted)
}

function onState() {
  addPhones()
  controls.update()
  show()
}

follow(onState, (isOnline) => { document.getElementById('offline').hidden = isOnline })
new ResizeObserver(show).observe(board)
document.addEventListener('visibilitychange', show)
setInterval(() => {
  if (model.state === undefined) return
  controls.tick()
  for (const phone of phones.values()) phone.tick()
}, 1000)

// The access code has done its work; it should not stay in the address or the history.
const address = new URL(location.href)
if (address.searchParams.has('code')) {
  address.searchParams.delete('code')
  history.replaceState(null, '', address)
}
