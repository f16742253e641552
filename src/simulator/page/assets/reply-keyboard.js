// The reply keyboard under the composer: the bot's large buttons. It must not send; `onPress` hears the button.

import { el, icon } from './dom.js'
import { t } from './texts.js'

const asButton = (key) => (typeof key === 'string' ? { text: key } : key)

function cornerOf(key) {
  if (key.request_contact) return icon('phone')
  if (key.request_location) return icon('pin')
  return undefined
}

/** Makes the keyboard's panel: `update(keyboard)` draws it, `isOpen` tells whether it shows. */
export function createReplyKeyboard(onPress) {
  const root = el('div', { className: 'reply-keyboard', role: 'group', 'aria-label': t('keyboard') })
  let signature = ''
  let wantsOpen = true

  function update(keyboard) {
    const next = JSON.stringify(keyboard ?? null)
    if (next !== signature) {
      signature = next
      wantsOpen = keyboard !== undefined && !keyboard.hidden
      root.classList.toggle('tall', keyboard !== undefined && !keyboard.resize)
      root.replaceChildren(...(keyboard?.buttons ?? []).map((row) => el('div', { className: 'key-row' },
        row.map(asButton).map((key) => el('button', { type: 'button', className: `key ${key.style ?? ''}`, on: { click: () => onPress(key) } },
          el('span', {}, key.text), cornerOf(key))))))
    }
    root.hidden = keyboard === undefined || !wantsOpen
  }

  return {
    root,
    update,
    isOpen: () => !root.hidden,
    toggle(open) {
      wantsOpen = open
      root.hidden = !open
    },
  }
}
