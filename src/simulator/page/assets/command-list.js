// The list of commands behind Menu or a typed "/". It must not send; `onChoose` hears the command.

import { el } from './dom.js'
import { t } from './texts.js'

/** Makes the list: `show(commands)` opens it (empty: closes), `key(event)` works it from the text field. */
export function createCommandList(onChoose) {
  const root = el('div', { className: 'commands', role: 'listbox', 'aria-label': t('commands'), hidden: true })
  let signature = ''

  const entries = () => [...root.querySelectorAll('[role=option]')]
  const chosen = () => entries().find((entry) => entry.getAttribute('aria-selected') === 'true')

  function mark(entry) {
    for (const other of entries()) other.setAttribute('aria-selected', String(other === entry))
    entry?.scrollIntoView({ block: 'nearest' })
  }

  function show(commands, whenNone = '') {
    const next = JSON.stringify([commands, whenNone])
    if (next !== signature) {
      signature = next
      root.replaceChildren(...commands.map(({ command, description }) => el('div', {
        role: 'option',
        'aria-selected': 'false',
        on: { pointerdown: (event) => event.preventDefault(), click: () => onChoose(`/${command}`) },
      }, el('strong', {}, `/${command}`), el('span', {}, description))))
      if (commands.length === 0 && whenNone !== '') root.append(el('p', {}, whenNone))
      root.scrollTop = 0
    }
    root.hidden = root.childElementCount === 0
  }

  /** Whether the key was for the list. */
  function key(event) {
    if (root.hidden) return false
    const list = entries()
    const at = list.indexOf(chosen())
    if (event.key === 'ArrowDown') mark(list[(at + 1) % list.length])
    else if (event.key === 'ArrowUp') mark(list.at(at <= 0 ? -1 : at - 1))
    else if (event.key === 'Escape') root.hidden = true
    else if (event.key === 'Enter' && chosen() !== undefined) onChoose(`/${chosen().querySelector('strong').textContent.slice(1)}`)
    else return false
    event.preventDefault()
    return true
  }

  return { root, show, key, isOpen: () => !root.hidden, close: () => { root.hidden = true } }
}
