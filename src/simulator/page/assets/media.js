// Pictures, voice notes, places, contacts and files inside a message. It must not know the message around them.

import { avatar, el, icon } from './dom.js'
import { formatDuration, formatSize, t } from './texts.js'

const addressOf = (file) => `/sim/file/${encodeURIComponent(file.fileId)}`

function openPicture(address, caption) {
  const picture = el('dialog', { className: 'lightbox', 'aria-label': t('kind-photo'), on: { click: () => picture.close(), close: () => picture.remove() } },
    el('img', { src: address, alt: caption ?? t('kind-photo') }),
    el('button', { type: 'button', className: 'lightbox-close', 'aria-label': t('close') }, icon('close')))
  document.body.append(picture)
  picture.showModal()
}

function photo(message) {
  const { file, caption } = message
  const address = addressOf(file)
  const image = el('img', { src: address, alt: caption ?? t('kind-photo'), width: file.width, height: file.height, loading: 'lazy' })
  return el('button', { type: 'button', className: 'photo', 'aria-label': t('photo-enlarge'), on: { click: () => openPicture(address, caption) } }, image)
}

/** Heights of the bars of a voice note, always the same for a file. */
function waves(seed) {
  const bars = el('span', { className: 'waves', 'aria-hidden': 'true' })
  let value = [...seed].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 9973, 7)
  for (let index = 0; index < 28; index += 1) {
    value = (value * 137 + 71) % 9973
    const bar = el('i')
    bar.style.height = `${20 + value % 80}%`
    bars.append(bar)
  }
  return bars
}

function voice({ file }) {
  const audio = new Audio()
  audio.preload = 'none'
  audio.src = addressOf(file)
  const button = el('button', { type: 'button', className: 'round', 'aria-label': t('voice-play') }, icon('play'))
  const bars = waves(file.fileId)
  const duration = file.duration ?? 0
  const show = () => {
    button.replaceChildren(icon(audio.paused ? 'play' : 'pause'))
    const played = duration === 0 ? 0 : audio.currentTime / duration
    for (const [index, bar] of [...bars.children].entries()) bar.classList.toggle('played', index / bars.children.length < played)
  }
  for (const event of ['play', 'pause', 'ended', 'timeupdate']) audio.addEventListener(event, show)
  button.addEventListener('click', () => (audio.paused ? audio.play().catch(() => undefined) : audio.pause()))
  return el('div', { className: 'voice' }, button, el('div', {}, bars, el('small', {}, formatDuration(duration))))
}

function document_({ file }) {
  return el('a', { className: 'file', href: addressOf(file), download: file.fileName ?? '' },
    el('span', { className: 'round' }, icon('file')),
    el('span', {}, el('strong', {}, file.fileName ?? t('kind-document')), el('small', {}, formatSize(file.size))))
}

function place({ location }) {
  const point = `${location.latitude.toFixed(5)}, ${location.longitude.toFixed(5)}`
  return el('div', { className: 'place', role: 'img', 'aria-label': `${t('kind-location')}: ${point}` },
    el('span', { className: 'place-pin' }, icon('pin')), el('small', {}, point))
}

function contact({ contact: card }) {
  return el('div', { className: 'contact' },
    avatar(card.userId ?? card.phoneNumber.length, card.firstName),
    el('span', {}, el('strong', {}, card.firstName), el('small', {}, card.phoneNumber)))
}

/** The element for what a message carries besides text; undefined for a message of text alone. */
export function mediaOf(message) {
  switch (message.kind) {
    case 'photo':
      return photo(message)
    case 'voice':
      return voice(message)
    case 'audio':
      return el('div', {}, document_(message), el('audio', { src: addressOf(message.file), controls: true, preload: 'none', 'aria-label': t('kind-audio') }))
    case 'video':
    case 'video_note':
      return el('video', { className: message.kind === 'video' ? 'photo' : 'note', src: addressOf(message.file), controls: true, preload: 'metadata', 'aria-label': t(`kind-${message.kind}`) })
    case 'animation':
      return el('video', { className: 'photo', src: addressOf(message.file), controls: true, loop: true, muted: true, preload: 'metadata', 'aria-label': t('kind-animation') })
    case 'document':
      return document_(message)
    case 'sticker':
      return message.emoji === undefined && message.file !== undefined
        ? el('img', { className: 'sticker', src: addressOf(message.file), alt: t('kind-sticker') })
        : el('span', { className: 'sticker' }, message.emoji ?? t('kind-sticker'))
    case 'location':
      return place(message)
    case 'contact':
      return contact(message)
    default:
      return undefined
  }
}

/** One line that stands for a message in a reply or a notice. */
export function summaryOf(message) {
  const words = message.text ?? message.caption
  const line = message.kind === 'text' || message.kind === 'service' ? words : [t(`kind-${message.kind}`), words].filter(Boolean).join(': ')
  return (line ?? '').replaceAll(/\s+/g, ' ').slice(0, 90)
}
