// What a person can send besides text: pictures, files, voice notes, places, contacts, stickers; each asks what it needs
// and answers the deed to do, or undefined. It must not send it.

import { ask, tell } from './dialog.js'
import { el } from './dom.js'
import { base64Of, drawFile, drawSample, filmSample, photoOf, sampleDocument } from './sample.js'
import { t } from './texts.js'

const STICKERS = ['👍', '🙏', '😀', '❤️', '🎉', '😢', '🤔', '👋']

/** Well-known places in the three time zones. */
const PLACES = [
  ['Pasar Beringharjo, Yogyakarta', -7.7986, 110.3658],
  ['Pasar Tanah Abang, Jakarta', -6.1886, 106.8108],
  ['Pasar Badung, Denpasar', -8.6563, 115.2119],
  ['Pasar Terong, Makassar', -5.1295, 119.4226],
  ['Pasar Mardika, Ambon', -3.6922, 128.1826],
  ['Pasar Hamadi, Jayapura', -2.5667, 140.7036],
]

/** A telephone number nobody has, always the same for a person. */
export const numberOf = (person) => `+62812000${String(person).padStart(5, '0').slice(-5)}`

/** The words under a file, as a deed carries them. */
const under = ({ caption }) => (caption === '' ? {} : { caption })
const captionField = () => ({ name: 'caption', label: t('attach-photo-caption'), max: 1024 })

export async function askPhoto() {
  const canvas = el('canvas', { className: 'preview', role: 'img', 'aria-label': t('attach-photo-preview') })
  drawSample(canvas)
  const chooser = el('input', { type: 'file', accept: 'image/*' })
  const problem = el('p', { className: 'problem', role: 'alert' })
  chooser.addEventListener('change', async () => {
    const drawn = chooser.files[0] === undefined || await drawFile(canvas, chooser.files[0])
    problem.textContent = drawn ? '' : t('refused-unreadable-photo')
  })
  const answer = await ask({
    title: t('attach-photo'),
    content: [canvas, el('label', { className: 'chooser' }, t('attach-photo-choose'), chooser), problem],
    fields: [captionField()],
    confirm: t('send'),
  })
  if (answer === undefined) return undefined
  return { do: 'photo', base64: await base64Of(await photoOf(canvas)), ...under(answer) }
}

/** Two photos that belong together. */
export async function askAlbum() {
  const canvases = [0, 1].map((variant) => {
    const canvas = el('canvas', { className: 'preview half', role: 'img', 'aria-label': t('attach-photo-preview') })
    drawSample(canvas, variant + 1)
    return canvas
  })
  const answer = await ask({ title: t('attach-album'), content: canvases, fields: [captionField()], confirm: t('send') })
  if (answer === undefined) return undefined
  const photos = []
  for (const canvas of canvases) photos.push(await base64Of(await photoOf(canvas)))
  return { do: 'album', photos, ...under(answer) }
}

export async function askVideo() {
  const answer = await ask({
    title: t('attach-video'),
    body: t('attach-video-about'),
    fields: [
      { name: 'as', label: t('attach-video-as'), type: 'select', options: ['video', 'video_note', 'animation'].map((value) => ({ value, label: t(`kind-${value}`) })) },
      captionField(),
    ],
    confirm: t('send'),
  })
  const film = answer && await filmSample()
  if (answer !== undefined && film === undefined) await tell(t('attach-video'), t('attach-video-none'))
  if (film === undefined) return undefined
  // Nobody can write under a video note.
  return { do: 'video', as: answer.as, base64: await base64Of(film.blob), mimeType: film.mimeType, ...(answer.as === 'video_note' ? {} : under(answer)) }
}

export async function askDocument() {
  const answer = await ask({
    title: t('attach-document'),
    body: t('attach-document-about'),
    fields: [{ name: 'file', label: t('attach-document-choose'), type: 'file' }, captionField()],
    confirm: t('send'),
  })
  if (answer === undefined) return undefined
  const file = answer.file.size === 0 ? sampleDocument() : answer.file
  return { do: 'document', base64: await base64Of(file), fileName: file.name, mimeType: file.type, ...under(answer) }
}

export async function askVoice() {
  const options = [3, 15, 60].map((seconds) => ({ value: String(seconds), label: t('attach-voice-seconds', { seconds }) }))
  const answer = await ask({
    title: t('attach-voice'),
    body: t('attach-voice-about'),
    fields: [{ name: 'seconds', label: t('attach-voice-length'), type: 'select', options }],
    confirm: t('send'),
  })
  return answer === undefined ? undefined : { do: 'voice', seconds: Number(answer.seconds) }
}

export async function askLocation(title = t('attach-location')) {
  const options = PLACES.map(([label], index) => ({ value: String(index), label }))
  const answer = await ask({
    title,
    body: t('attach-location-about'),
    fields: [{ name: 'place', label: t('attach-location-place'), type: 'select', options }],
    confirm: t('send'),
  })
  if (answer === undefined) return undefined
  const [, latitude, longitude] = PLACES[Number(answer.place)]
  return { do: 'location', latitude, longitude }
}

const phoneField = (value) => ({
  name: 'phoneNumber', label: t('attach-contact-number'), type: 'tel', value, required: true, max: 20, pattern: String.raw`\+?[\d \-]{5,20}`,
})

/** Someone else's card out of the address book. */
export async function askContact() {
  const answer = await ask({
    title: t('attach-contact'),
    fields: [{ name: 'firstName', label: t('attach-contact-name'), value: 'Toko Makmur', required: true, max: 64 }, phoneField('+6281234567890')],
    confirm: t('send'),
  })
  return answer === undefined ? undefined : { do: 'contact', own: false, firstName: answer.firstName, phoneNumber: answer.phoneNumber }
}

/** The person's own number, as a request_contact button shares it. */
export async function askOwnContact(person, botName) {
  const answer = await ask({
    title: t('share-contact'),
    body: t('share-contact-about', { bot: botName }),
    fields: [phoneField(numberOf(person))],
    confirm: t('share'),
  })
  return answer === undefined ? undefined : { do: 'contact', own: true, phoneNumber: answer.phoneNumber }
}

export async function askSticker() {
  const answer = await ask({ title: t('attach-sticker'), choices: STICKERS.map((emoji) => ({ value: emoji, label: emoji })) })
  return answer === undefined ? undefined : { do: 'sticker', emoji: answer.choice }
}
