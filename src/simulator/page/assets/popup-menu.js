// A small menu beside the thing it belongs to, worked by mouse, touch or arrow keys. It must not know its items' deeds.

import { el, icon } from './dom.js'

let open

/** Opens a menu at an element. `items`: { icon, label, note?, run, dangerous? }; empty ones are left out. */
export function openMenu(anchor, items, label) {
  open?.close()
  const entries = items.filter(Boolean).map((item) => el('button', {
    type: 'button',
    role: 'menuitem',
    className: item.dangerous ? 'danger' : '',
    on: { click: () => { close(); item.run() } },
  }, item.icon && icon(item.icon), el('span', {}, item.label, item.note && el('small', {}, item.note))))
  const menu = el('div', { className: 'popup', role: 'menu', 'aria-label': label }, entries)
  const stop = new AbortController()

  function close(focusBack = true) {
    if (open?.menu !== menu) return
    open = undefined
    stop.abort()
    menu.remove()
    if (focusBack) anchor.focus({ preventScroll: true })
  }

  function move(step) {
    const at = entries.indexOf(document.activeElement)
    entries.at((at + step + entries.length) % entries.length).focus()
  }

  menu.addEventListener('keydown', (event) => {
    const deed = { ArrowDown: () => move(1), ArrowUp: () => move(-1), Escape: close, Tab: close }[event.key]
    if (deed === undefined) return
    if (event.key !== 'Tab') event.preventDefault()
    event.stopPropagation()
    deed()
  })
  document.addEventListener('pointerdown', (event) => { if (!menu.contains(event.target)) close(false) }, { signal: stop.signal })
  globalThis.addEventListener('resize', () => close(false), { signal: stop.signal })

  document.body.append(menu)
  open = { menu, close }
  const { left, right, top, bottom } = anchor.getBoundingClientRect()
  const { offsetWidth, offsetHeight } = menu
  const { clientWidth, clientHeight } = document.documentElement
  const x = left + offsetWidth > clientWidth - 8 ? right - offsetWidth : left
  const y = bottom + offsetHeight > clientHeight - 8 ? top - offsetHeight - 4 : bottom + 4
  menu.style.left = `${Math.max(8, Math.min(x, clientWidth - offsetWidth - 8))}px`
  menu.style.top = `${Math.max(8, y)}px`
  entries[0]?.focus()
}
