// Reads and writes calendar days. Days have no time zone here: the caller says which day is today where the person lives.
import { fold, wordsOf } from './normalise.ts'

export interface CalendarDay {
  readonly year: number
  /** 1 to 12. */
  readonly month: number
  readonly day: number
}

/** `ask` holds the days it may mean, nearest first. */
export type DateReading =
  | { readonly type: 'date'; readonly date: CalendarDay }
  | { readonly type: 'ask'; readonly dates: readonly CalendarDay[] }
  | { readonly type: 'none' }

const NONE: DateReading = { type: 'none' }
const DAY_MS = 86_400_000
/** A day of this year that passed less than this long ago may have been meant itself, not next year's. */
const RECENT_DAYS = 183

const MONTHS = numbered(
  `januari jan january|februari feb pebruari peb february|maret mar mrt march|april apr|mei may|juni jun june|juli jul july
  |agustus agt agst agu ags aug august|september sep sept|oktober okt oct october|november nov nop nopember|desember des dec december`,
)
/** Monday is 0. */
const WEEKDAYS = numbered(
  `senin senen sen monday|selasa slasa sel tuesday|rabu rebo rab wednesday|kamis kemis kam thursday
  |jumat jumaat jum friday|sabtu sab saturday|minggu ahad sunday`,
)
const OFFSETS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    '-1': 'kemarin kmrn kemaren yesterday',
    0: 'sekarang today',
    1: 'besok bsk besuk tomorrow isuk',
    2: 'lusa',
    3: 'tulat',
  }).flatMap(([offset, words]) => words.split(' ').map((word) => [word, Number(offset)] as const)),
)
const SPANS: ReadonlyMap<string, number> = new Map([['hari', 1], ['hr', 1], ['minggu', 7], ['mgg', 7], ['pekan', 7]])
const ONE_SPAN: ReadonlyMap<string, readonly string[]> = new Map([['sehari', ['1', 'hari']], ['seminggu', ['1', 'minggu']], ['sepekan', ['1', 'pekan']], ['yang', []], ['yg', []]])
const FILLERS = new Set('tanggal tgl tg hari pada di nanti malam pagi siang sore jam on the saja aja ya bu pak kak mbak mas'.split(' '))
const NEXT = new Set(['depan', 'dpn', 'next'])
const COUNTS = ['nol', 'satu', 'dua', 'tiga', 'empat', 'lima', 'enam', 'tujuh', 'delapan', 'sembilan', 'sepuluh']

/** Which way a question looks: for a day that has been, or one that is still to come. */
export type Direction = 'past' | 'coming'

/** Reads one day from typed text; the day stands before the month always. `today` is the person's own day. Never throws.
    "minggu depan" (next week, or next Sunday) and, where no direction is asked for, a day without year that passed lately are asked back. */
export function readDate(text: string, today: CalendarDay, only?: Direction): DateReading {
  if (text.length > 100) return NONE
  const plain = fold(text).replace(/['’]/g, '')
  const numeric = readNumeric(plain, today, only)
  if (numeric) return numeric
  const words = wordsOf(plain.replace(/(\d)(?=\p{L})|(\p{L})(?=\d)/gu, '$& ')).flatMap((word) => ONE_SPAN.get(word) ?? [word])
  return readWords(words, today, only) ?? readWords(words.filter((word) => !FILLERS.has(word)), today, only) ?? NONE
}

/** `Senin, 23 November 2026`, or in English `Monday 23 November 2026`. */
export function formatDate(date: CalendarDay, language: 'id' | 'en' = 'id'): string {
  const locale = language === 'id' ? 'id-ID' : 'en-GB'
  const format = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
  return format.format(dayNumber(date) * DAY_MS)
}

function readNumeric(plain: string, today: CalendarDay, only?: Direction): DateReading | undefined {
  const found = /(?<![\d.,/-])(\d{1,4})[ ]?[/.-][ ]?(\d{1,2})(?:[ ]?[/.-][ ]?(\d{1,4}))?(?![\d.,/-]*\d)/.exec(plain)
  if (found === null) return undefined
  const around = wordsOf(plain.replace(found[0], ' '))
  if (around.some((word) => !FILLERS.has(word) && !WEEKDAYS.has(word))) return undefined
  const [, first = '', second = '', third] = found
  if (first.length === 4) return third === undefined ? NONE : sure(Number(first), Number(second), Number(third))
  if (first.length > 2) return NONE
  if (third === undefined) return withoutYear(Number(first), Number(second), today, only)
  const year = fullYear(third, today, only)
  return year === undefined ? NONE : sure(year, Number(second), Number(first))
}

function readWords(words: readonly string[], today: CalendarDay, only?: Direction): DateReading | undefined {
  const [first = '', second = '', third] = words
  const now = dayNumber(today)
  const offset = OFFSETS.get(first)
  if (words.length === 1 && offset !== undefined) return { type: 'date', date: dayOf(now + offset) }
  if (words.length === 2 && first === 'hari' && second === 'ini') return { type: 'date', date: today }
  if (words.length === 2 && ((first === 'minggu' && NEXT.has(second)) || (NEXT.has(first) && second === 'week'))) return askWeek(now)
  if (words.length === 2 && first === 'akhir' && second === 'bulan') return { type: 'date', date: lastOfMonth(today) }
  if (words.length === 3 && SPANS.has(second) && /^(?:lagi|lg)$/.test(third ?? '')) return inSpans(first, second, now, 1)
  if (words.length === 3 && SPANS.has(second) && /^(?:lalu|ago)$/.test(third ?? '')) return inSpans(first, second, now, -1)
  const sunday = words.length === 2 && first === 'hari' && second === 'minggu'
  const weekday = WEEKDAYS.get(sunday ? second : first)
  if (weekday !== undefined) return readWeekday(weekday, sunday ? [] : words.slice(1), today, only)
  return readDayAndMonth(words, today, only)
}

function readDayAndMonth(words: readonly string[], today: CalendarDay, only?: Direction): DateReading | undefined {
  const [first = '', second = '', third, ...others] = MONTHS.has(words[0] ?? '') ? [words[1], words[0], ...words.slice(2)] : words
  if (!/^\d{1,2}$/.test(first) || others.length > 0) return undefined
  if (second === '') return onDayOfMonth(Number(first), today, only)
  if (second === 'bulan' && third !== undefined && (NEXT.has(third) || third === 'ini')) {
    const month = today.month + (third === 'ini' ? 0 : 1)
    return sure(month > 12 ? today.year + 1 : today.year, month > 12 ? 1 : month, Number(first))
  }
  const month = MONTHS.get(second)
  if (month === undefined) return undefined
  if (third === undefined) return withoutYear(Number(first), month + 1, today, only)
  const year = fullYear(third, today, only)
  return year === undefined ? undefined : sure(year, month + 1, Number(first))
}

// "Jumat" is the next one ahead; on a Friday it may be today. "Jumat depan" is in next week, or the one ahead of this week.
function readWeekday(weekday: number, rest: readonly string[], today: CalendarDay, only?: Direction): DateReading | undefined {
  const now = dayNumber(today)
  const current = weekdayOf(now)
  const ahead = (weekday - current + 7) % 7
  const inNextWeek = now + weekday - current + 7
  if (rest.length === 0 && only === 'past') return among([now + ahead - 7])
  if (rest.length === 0) return ahead === 0 ? among([now, now + 7]) : { type: 'date', date: dayOf(now + ahead) }
  // "Minggu ini" is this Sunday or this week.
  if (rest.length === 1 && rest[0] === 'ini') return among(weekday === 6 ? [now, now + ahead] : [now + ahead])
  if (rest.length === 1 && NEXT.has(rest[0] ?? '')) return among(weekday > current ? [now + ahead, inNextWeek] : [inNextWeek])
  // "Senin, 23 November 2026": the number decides, the name is a courtesy.
  return readDayAndMonth(rest, today, only)
}

function askWeek(now: number): DateReading {
  const sunday = 6 - weekdayOf(now)
  const dates = [...new Set([now + (sunday === 0 ? 7 : sunday), now + 7])].sort((a, b) => a - b)
  return { type: 'ask', dates: dates.map(dayOf) }
}

function inSpans(count: string, span: string, now: number, way: 1 | -1): DateReading | undefined {
  const number = /^\d{1,3}$/.test(count) ? Number(count) : COUNTS.indexOf(count)
  return number < 0 ? undefined : { type: 'date', date: dayOf(now + way * number * (SPANS.get(span) ?? 1)) }
}

function withoutYear(day: number, month: number, today: CalendarDay, only?: Direction): DateReading {
  if (only) return nearest([-1, 0, 1].map((years) => real(today.year + years, month, day)), today, only)
  const [now, soon, later] = [dayNumber(today), real(today.year, month, day), real(today.year + 1, month, day)]
  if (soon === undefined) return later === undefined ? NONE : { type: 'date', date: later }
  if (dayNumber(soon) >= now || later === undefined) return { type: 'date', date: soon }
  return now - dayNumber(soon) < RECENT_DAYS ? { type: 'ask', dates: [soon, later] } : { type: 'date', date: later }
}

function onDayOfMonth(day: number, today: CalendarDay, only?: Direction): DateReading {
  if (only === 'past') return nearest([-1, 0].map((months) => inMonth(today, months, day)), today, only)
  if (day >= today.day && real(today.year, today.month, day)) return sure(today.year, today.month, day)
  return today.month === 12 ? sure(today.year + 1, 1, day) : sure(today.year, today.month + 1, day)
}

/** Of some days in order, the last before today or the first from today on. */
function nearest(days: readonly (CalendarDay | undefined)[], today: CalendarDay, only: Direction): DateReading {
  const fits = (date: CalendarDay | undefined) => date !== undefined && (only === 'past') === (dayNumber(date) < dayNumber(today))
  const date = only === 'past' ? days.findLast(fits) : days.find(fits)
  return date === undefined ? NONE : { type: 'date', date }
}

function inMonth({ year, month }: CalendarDay, months: number, day: number): CalendarDay | undefined {
  const first = dayOf(dayNumber({ year, month: month + months, day: 1 }))
  return real(first.year, first.month, day)
}

function among(days: readonly number[]): DateReading {
  const [only, ...others] = [...new Set(days)].sort((a, b) => a - b)
  if (only === undefined) return NONE
  return others.length === 0 ? { type: 'date', date: dayOf(only) } : { type: 'ask', dates: [only, ...others].map(dayOf) }
}

function sure(year: number, month: number, day: number): DateReading {
  const date = real(year, month, day)
  return date === undefined ? NONE : { type: 'date', date }
}

function real(year: number, month: number, day: number): CalendarDay | undefined {
  const back = dayOf(dayNumber({ year, month, day }))
  return back.month === month && back.day === day && year >= 1900 && year <= 2200 ? { year, month, day } : undefined
}

// Two digits are the nearest year that lies no more than twenty years ahead, and not ahead at all where a past day is asked for.
function fullYear(text: string, today: CalendarDay, only?: Direction): number | undefined {
  if (/^\d{4}$/.test(text)) return Number(text)
  if (!/^\d{2}$/.test(text)) return undefined
  const year = Math.floor(today.year / 100) * 100 + Number(text)
  return year > today.year + (only === 'past' ? 0 : 20) ? year - 100 : year
}

function lastOfMonth({ year, month }: CalendarDay): CalendarDay {
  return dayOf(dayNumber({ year, month: month + 1, day: 0 }))
}

function dayNumber({ year, month, day }: CalendarDay): number {
  return Math.round(Date.UTC(year, month - 1, day) / DAY_MS)
}

function dayOf(number: number): CalendarDay {
  const date = new Date(number * DAY_MS)
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}

function weekdayOf(number: number): number {
  return (number + 3) % 7
}

function numbered(list: string): ReadonlyMap<string, number> {
  return new Map(list.split('|').flatMap((words, index) => words.trim().split(' ').map((word) => [word, index] as const)))
}
