// Making elements: the only place that touches createElement. It must not know what the page is about.

const SVG = 'http://www.w3.org/2000/svg'

const ICONS = {
  menu: 'M4 7h16M4 12h16M4 17h16',
  keyboard: 'M4 6h16v12H4zM8 10h.01M12 10h.01M16 10h.01M8 14h8',
  chevron: 'm6 9 6 6 6-6',
  attach: 'm20 11-8.5 8.5a5.5 5.5 0 0 1-7.8-7.8l8.8-8.7a3.7 3.7 0 0 1 5.2 5.2l-8.8 8.7a1.8 1.8 0 0 1-2.6-2.6l7.9-7.9',
  send: 'M4 12 3.5 4.5 21 12 3.5 19.5 4 12zm0 0h8',
  mic: 'M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3zM5.5 11a6.5 6.5 0 0 0 13 0M12 17.5V21',
  more: 'M12 5.5h.01M12 12h.01M12 18.5h.01',
  close: 'm6 6 12 12M18 6 6 18',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  checks: 'm2 12.5 4.5 4.5L16 7.5M11 16.5l.5.500L21 7.5',
  link: 'M8 16 17 7m-7 0h7v7',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  reply: 'M10 6 4 12l6 6v-4c5 0 8 1 10 4 0-6-4-9-10-9z',
  edit: 'M4 20l1-4L16 5l3 3L8 19z',
  trash: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c1-5 4-7 8-7s7 2 8 7',
  group: 'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c.5-4.5 3-6.5 6.5-6.5s6 2 6.5 6.5M16 11a3 3 0 1 0-1-5.8M17.5 14c2.5.500 3.8 2.5 4 6',
  pin: 'M12 21c5-6 7-9 7-12a7 7 0 0 0-14 0c0 3 2 6 7 12zM12 11.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z',
  picture: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9h.01',
  file: 'M6 3h8l4 4v14H6zM14 3v4h4',
  smile: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8.5 14a4 4 0 0 0 7 0M9 9.5h.01M15 9.5h.01',
  phone: 'M6 3h4l2 5-2.5 1.5a11 11 0 0 0 5 5L16 12l5 2v4c0 1.5-1 3-3 3C10 21 3 14 3 6c0-2 1.5-3 3-3z',
  block: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM5.7 5.7l12.6 12.6',
  plus: 'M12 5v14M5 12h14',
  play: 'M8 5v14l11-7z',
  pause: 'M8 5v14M16 5v14',
}

/** A line icon by its name, hidden from screen readers. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('aria-hidden', 'true')
  svg.classList.add('icon', `icon-${name}`)
  const path = document.createElementNS(SVG, 'path')
  path.setAttribute('d', ICONS[name])
  svg.append(path)
  return svg
}

/**
 * An element with properties and children. `on`: listeners by event name; `data`: dataset; `aria-…` and `role` are set
 * as attributes, everything else as a property. Children that are undefined or false are left out.
 */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined) continue
    if (name === 'on') for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener)
    else if (name === 'data') Object.assign(element.dataset, value)
    else if (name.includes('-') || name === 'role' || name === 'list') element.setAttribute(name, value)
    else element[name] = value
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== false))
  return element
}

/** A round or plain button with an icon and a label for screen readers and the mouse. */
export function iconButton(name, label, onClick, className = '') {
  return el('button', {
    type: 'button',
    className: `icon-button ${className}`,
    title: label,
    'aria-label': label,
    on: { click: onClick },
  }, icon(name))
}

/** A colour of seven for a person or chat, always the same for an id. */
export const colourOf = (id) => `colour-${Math.abs(id) % 7}`

/** A round picture with initials. */
export function avatar(id, name, className = '') {
  const words = name.replace(/^(Ibu|Mas|Mbak|Bapak|Pak|Bu)\s+/u, '').split(/\s+/u).filter(Boolean)
  const initials = words.slice(0, 2).map((word) => [...word][0]).join('').toUpperCase()
  return el('span', { className: `avatar ${colourOf(id)} ${className}`, 'aria-hidden': 'true' }, initials)
}
