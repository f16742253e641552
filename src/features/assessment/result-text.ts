// A result in words, for the caption under its picture: what every reader needs who cannot see the picture, and what to do next.
import { AREA_MAX, AREAS, type Instrument, THIRDS_PER_POINT } from '../../content/assessment.ts'
import type { Language } from '../../content/language.ts'
import { formatDay, zoneOf } from '../../people/time-zone.ts'
import type { Person } from '../../people/person.ts'
import type { Ctx } from '../../telegram/context.ts'
import { standouts, type Thirds } from './score.ts'
import type { PastResult } from './store.ts'
import { comparable, comparedWith, type Verdict, verdictOn } from './verdict.ts'

/** Points as people write them: "7", or with a third "7,3". */
export function formatPoints(thirds: Thirds, language: Language): string {
  const points = thirds / THIRDS_PER_POINT
  return new Intl.NumberFormat(language === 'id' ? 'id-ID' : 'en-GB', { maximumFractionDigits: 1 }).format(points)
}

/** A day (ms UTC) where she lives, such as "23 Nov 2026". */
export function dayOf(person: Pick<Person, 'timeZone' | 'language'>, at: number): string {
  return formatDay(at, zoneOf(person), person.language)
}

/** The verdict on the newest of her results (oldest first); undefined when none before it has a total. */
export function changeOf(results: readonly PastResult[], instrument: Instrument): Verdict | undefined {
  const [before, now] = [comparedWith(results), results.at(-1)]
  return before && now ? verdictOn(before, now, instrument.change) : undefined
}

/** The caption of the newest of her results (oldest first). */
export function resultText(ctx: Ctx, results: readonly PastResult[], instrument: Instrument): string {
  const result = results.at(-1)
  if (!result) throw new Error('There is no result to put into words.')
  const before = comparedWith(results)
  const then = comparable(before, result)
  const verdict = changeOf(results, instrument)
  return [
    [totalLine(ctx, result, then), ...areaLines(ctx, result, then, instrument)].join('\n'),
    standoutLines(ctx, result, instrument).join('\n'),
    verdict && before ? verdictText(ctx, verdict, before, instrument) : levelText(ctx, result),
  ]
    .filter(Boolean)
    .join('\n\n')
}

function totalLine(ctx: Ctx, { total, level }: PastResult, then: PastResult | undefined): string {
  if (total === null || level === null) return ctx.t('assessment.result.no-total')
  const line = ctx.t('assessment.result.total', {
    points: formatPoints(total, ctx.person.language), most: AREAS.length * AREA_MAX, level: ctx.label(`assessment.level.${level}`),
  })
  return line + thenText(ctx, then?.total)
}

function areaLines(ctx: Ctx, { areas }: PastResult, then: PastResult | undefined, instrument: Instrument): string[] {
  return areas.map(({ area, thirds, level }) => {
    const name = nameOf(instrument, area)
    if (thirds === null || level === null) return ctx.t('assessment.result.area-open', { area: name })
    const line = ctx.t('assessment.result.area', {
      area: name, points: formatPoints(thirds, ctx.person.language), most: AREA_MAX, level: ctx.label(`assessment.level.${level}`),
    })
    return line + thenText(ctx, then?.areas.find((one) => one.area === area)?.thirds)
  })
}

/** What the picture shows of the result before, for who cannot see it. */
function thenText(ctx: Ctx, thirds: Thirds | null | undefined): string {
  return thirds == null ? '' : ctx.t('assessment.result.then', { points: formatPoints(thirds, ctx.person.language) })
}

function standoutLines(ctx: Ctx, result: PastResult, instrument: Instrument): string[] {
  const { strengths, priorities } = standouts(result)
  // Nothing is called strong that she has not begun with.
  const strong = strengths.filter((area) => result.areas.some((one) => one.area === area && (one.thirds ?? 0) > 0))
  // Where she is skilled already there is nothing to begin with.
  const isSkilled = priorities.every((area) => result.areas.some((one) => one.area === area && one.level === 'mahir'))
  return [
    strong.length > 0 ? ctx.t('assessment.result.strengths', { things: inEverydayWords(instrument, strong) }) : '',
    priorities.length > 0 ? ctx.t(isSkilled ? 'assessment.result.more' : 'assessment.result.priorities', { things: inEverydayWords(instrument, priorities) }) : '',
  ].filter(Boolean)
}

function levelText(ctx: Ctx, { level }: PastResult): string {
  return level === null ? ctx.t('assessment.result.open') : ctx.t(`assessment.result.level.${level}`)
}

function verdictText(ctx: Ctx, verdict: Verdict, before: PastResult, instrument: Instrument): string {
  if (verdict.type === 'none') return ctx.t(`assessment.verdict.${verdict.reason}`)
  const said = ctx.t(`assessment.verdict.${verdict.type}`, { date: dayOf(ctx.person, before.finishedAt) })
  const changed = (way: 'up' | 'down') => {
    const areas = verdict.areas.filter((one) => one.way === way).map(({ area }) => area)
    return areas.length > 0 ? ctx.t(`assessment.verdict.area-${way}`, { things: inEverydayWords(instrument, areas) }) : ''
  }
  const level = verdict.level === null ? '' : ctx.t('assessment.verdict.level', { level: ctx.label(`assessment.level.${verdict.level}`) })
  const help = verdict.type === 'real-down' ? ctx.t('assessment.verdict.help') : ''
  return [said, changed('up'), changed('down'), level, help].filter(Boolean).join('\n')
}

function inEverydayWords(instrument: Instrument, areas: readonly string[]): string {
  return areas.map((area) => instrument.areas.find(({ id }) => id === area)?.everyday ?? area).join('; ')
}

function nameOf(instrument: Instrument, area: string): string {
  return instrument.areas.find(({ id }) => id === area)?.name ?? area
}
