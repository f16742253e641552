// The words of the page in the reader's language, and the clinic's times. It must not hold any word itself.

const texts = JSON.parse(document.getElementById('texts').textContent)

export const language = document.documentElement.lang

/** The text of a key with its {{places}} filled. */
export function t(key, places = {}) {
  const text = texts[key] ?? key
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_, name) => String(places[name] ?? ''))
}

// Clock times have dots in both languages, as everywhere else in the clinic; "WIB" is said beside them.
const ZONE = { timeZone: 'Asia/Jakarta' }
const clockTime = new Intl.DateTimeFormat('id-ID', { ...ZONE, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
const day = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'id-ID', { ...ZONE, day: 'numeric', month: 'long' })
const date = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'id-ID', {
  ...ZONE, weekday: 'short', day: 'numeric', month: 'short', year: 'numeric',
})

/** '14.05', of ms UTC. */
export const formatTime = (ms) => clockTime.format(ms)
/** '22 November'. */
export const formatDay = (ms) => day.format(ms)
/** 'Min, 22 Nov 2026'. */
export const formatDate = (ms) => date.format(ms)

/** '12,3 KB'. */
export function formatSize(bytes) {
  const [amount, unit] = bytes < 1024 * 1024 ? [bytes / 1024, 'KB'] : [bytes / 1024 / 1024, 'MB']
  return `${amount.toLocaleString(language, { maximumFractionDigits: 1 })} ${unit}`
}

/** '0.07' minutes and seconds. */
export const formatDuration = (seconds) => `${Math.floor(seconds / 60)}.${String(seconds % 60).padStart(2, '0')}`
