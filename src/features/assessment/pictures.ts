// The pictures of results: the newest one beside the one it is compared with, and all of them over time. Drawn when sent, from what is stored then.
import { z } from 'zod'
import { AREA_MAX, AREAS, type Instrument, LEVELS, THIRDS_PER_POINT } from '../../content/assessment.ts'
import { getPerson } from '../../people/store.ts'
import type { Person } from '../../people/person.ts'
import { history } from '../../pictures/history.ts'
import { radar } from '../../pictures/radar.ts'
import type { Feature } from '../../telegram/feature.ts'
import type { Speaker } from '../../telegram/speaker.ts'
import { dayOf, formatPoints } from './result-text.ts'
import type { Thirds } from './score.ts'
import { MOST_IN_HISTORY } from './showing.ts'
import { resultsOf } from './store.ts'
import { comparable, comparedWith } from './verdict.ts'

const AREA_THIRDS = AREA_MAX * THIRDS_PER_POINT
const TOTAL_THIRDS = AREAS.length * AREA_THIRDS

const ResultParams = z.object({ person: z.number(), assessment: z.number() })
const HistoryParams = z.object({ person: z.number() })

export function createResultPictures({ instrument, clinicName }: { instrument: Instrument; clinicName: string }): NonNullable<Feature['pictures']> {
  const names = instrument.areas.map(({ name }) => name)
  return {
    'assessment-result': async ({ tx, params, speaker }) => {
      const ids = ResultParams.parse(params)
      const person = await getPerson(tx, ids.person)
      const results = await resultsOf(tx, ids.person)
      const at = results.findIndex(({ id }) => id === ids.assessment)
      const now = results[at]
      if (!now) throw new Error(`Assessment ${ids.assessment} is gone: there is no picture to draw.`)
      const before = comparable(comparedWith(results.slice(0, at + 1)), now)
      return radar({
        title: speaker.plain(person, 'assessment.picture.title'),
        axes: now.areas.map(({ thirds }, area) => {
          const earlier = before?.areas[area]?.thirds ?? null
          return {
            label: names[area] ?? '',
            now: share(thirds, AREA_THIRDS),
            before: before && share(earlier, AREA_THIRDS),
            value: pointsText(speaker, person, { thirds, earlier, most: AREA_MAX }),
          }
        }),
        bands: LEVELS.map((level) => ({ label: speaker.plain(person, `assessment.level.${level}`), upTo: (instrument.levels.area[level][1] ?? AREA_MAX) / AREA_MAX })),
        legend: before && {
          now: speaker.plain(person, 'assessment.picture.now', { date: dayOf(person, now.finishedAt) }),
          before: speaker.plain(person, 'assessment.picture.before', { date: dayOf(person, before.finishedAt) }),
        },
        foot: `${clinicName} · ${dayOf(person, now.finishedAt)}`,
      })
    },
    'assessment-history': async ({ tx, params, speaker }) => {
      const { person: id } = HistoryParams.parse(params)
      const person = await getPerson(tx, id)
      const results = (await resultsOf(tx, id)).slice(-MOST_IN_HISTORY)
      return history({
        title: speaker.plain(person, 'assessment.history.picture-title'),
        areas: names,
        points: results.map((result, at) => ({
          date: dayOf(person, result.finishedAt),
          at: result.finishedAt,
          total: share(result.total, TOTAL_THIRDS),
          value: pointsText(speaker, person, { thirds: result.total, most: AREA_MAX * AREAS.length }),
          areas: result.areas.map(({ thirds }) => share(thirds, AREA_THIRDS)),
          breaksBefore: at > 0 && results[at - 1]?.version !== result.version,
        })),
        totalLabel: speaker.plain(person, 'assessment.history.total'),
        breakLabel: speaker.plain(person, 'assessment.history.break'),
        foot: clinicName,
      })
    },
  }
}

function share(thirds: Thirds | null, most: number): number | null {
  return thirds === null ? null : thirds / most
}

interface Points {
  readonly thirds: Thirds | null
  readonly earlier?: Thirds | null
  /** The most there can be. */
  readonly most: number
}

function pointsText(speaker: Speaker, person: Person, { thirds, earlier = null, most }: Points): string {
  if (thirds === null) return speaker.plain(person, 'assessment.picture.open')
  const points = formatPoints(thirds, person.language)
  if (earlier !== null) return speaker.plain(person, 'assessment.picture.then-now', { before: formatPoints(earlier, person.language), points })
  return speaker.plain(person, 'assessment.picture.points', { points, most })
}
