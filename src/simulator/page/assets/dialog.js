// Questions in a box over the page, and short notices in a phone. It must not know what is asked.

import { el } from './dom.js'
import { t } from './texts.js'

let lastField = 0

function fieldOf(field) {
  lastField += 1
  const id = `field-${lastField}`
  const input = field.type === 'select'
    ? el('select', { id, name: field.name }, field.options.map(({ value, label }) => el('option', { value, selected: value === field.value }, label)))
    : el('input', {
      id, name: field.name, type: field.type ?? 'text', value: field.value ?? '', required: field.required ?? false,
      maxLength: field.max ?? 200, inputMode: field.inputMode ?? '', pattern: field.pattern, autocomplete: 'off',
    })
  return el('div', { className: 'field' }, el('label', { htmlFor: id }, field.label), input)
}

/**
 * Shows a box and waits: the values of its fields by name, or undefined when it was closed. `fields`: { name, label,
 * value?, type?, options?, required? }; `content`: elements above them; `choices`: [{ value, label, dangerous? }] instead
 * of one button, the chosen value comes as `choice`.
 */
export function ask({ title, body, fields = [], content = [], confirm = t('ok'), choices, isNotice = false }) {
  const buttons = choices === undefined
    ? [!isNotice && el('button', { type: 'button', className: 'plain', data: { close: '' } }, t('cancel')),
      el('button', { type: 'submit', className: 'primary' }, confirm)]
    : [...choices.map(({ value, label, dangerous }) => el('button', { type: 'submit', value, className: dangerous ? 'plain danger' : 'plain' }, label)),
      el('button', { type: 'button', className: 'plain quiet', data: { close: '' } }, t('cancel'))]
  const form = el('form', { method: 'dialog' },
    el('h2', {}, title),
    body !== undefined && el('p', {}, body),
    ...content,
    fields.map(fieldOf),
    el('div', { className: `dialog-buttons ${choices === undefined ? '' : 'stacked'}` }, buttons))
  const dialog = el('dialog', { className: 'card', 'aria-label': title }, form)
  return new Promise((resolve) => {
    let outcome
    form.addEventListener('submit', (event) => {
      outcome = { ...Object.fromEntries(new FormData(form)), choice: event.submitter?.value }
    })
    dialog.addEventListener('click', (event) => {
      if (event.target === dialog || event.target.closest('[data-close]') !== null) dialog.close()
    })
    dialog.addEventListener('close', () => {
      dialog.remove()
      resolve(outcome)
    })
    document.body.append(dialog)
    dialog.showModal()
    form.querySelector('input, select')?.focus()
  })
}

/** A box with one button to read and close. */
export function tell(title, body) {
  return ask({ title, body, isNotice: true })
}

/** A notice over the chat that goes by itself, as long as it takes to read. */
export function toast(box, text) {
  const notice = el('div', { className: 'toast', role: 'status' }, text)
  box.append(notice)
  setTimeout(() => notice.remove(), Math.max(3000, text.length * 70))
}
