// What coordinators read of a group, in three messages: who and how far, which questions are easy or hard, and how reliable they are.
// It must not compute anything (statistics.ts); every number comes with a sentence that says what it means.
import { type Area, AREA_MAX, type Instrument } from '../../content/assessment.ts'
import type { Language } from '../../content/language.ts'
import type { Ctx } from '../../telegram/context.ts'
import { MIN_GROUP, type TooFew } from './group.ts'
import { type GroupStatistics, groupStatistics, type RetestStatistics, retestStatistics } from './statistics.ts'
import { resultsOf } from './store.ts'

/** Twenty questions have to fit into one message of 4096 characters (Bot API, sendMessage). */
const STEM_CHARS = 60

/** Says how many people there are while they are too few for anything else. */
export async function showGroup(ctx: Ctx, instrument: Instrument): Promise<void> {
  const results = await resultsOf(ctx.tx, instrument.version)
  const group = groupStatistics(instrument, results)
  if ('refused' in group) {
    await ctx.say('group-results.too-few', { people: group.people, least: MIN_GROUP })
    return
  }
  await ctx.sayHtml(levelsText(ctx, group, instrument))
  await ctx.sayHtml(itemsText(ctx, group, instrument))
  await ctx.sayHtml([alphaText(ctx, group, instrument), retestText(ctx, retestStatistics(instrument, results), instrument)].join('\n\n'), {
    keyboard: [[ctx.button('group-results.csv.button', 'group-csv')]],
  })
}

function levelsText(ctx: Ctx, { people, levels, areas }: GroupStatistics, instrument: Instrument): string {
  const lines = areas.map((one) =>
    ctx.t('group-results.levels.area', { area: areaOf(instrument, one.area).name, mean: numberText(ctx, one.mean, 1), levels: ctx.label('group-results.levels.counts', one.levels) }),
  )
  return [
    ctx.t('group-results.title', { people, version: instrument.version }),
    ctx.t('group-results.pilot'),
    ctx.t('group-results.levels.all', { levels: ctx.label('group-results.levels.counts', levels) }),
    [ctx.t('group-results.levels.areas', { most: AREA_MAX }), ...lines].join('\n'),
  ].join('\n\n')
}

function itemsText(ctx: Ctx, { items, areas }: GroupStatistics, instrument: Instrument): string {
  const stems = new Map(instrument.areas.flatMap((area) => area.items.map(({ id, stem }) => [id, shortened(stem)] as const)))
  const lines = items.map(({ item, mean, itemRest }) =>
    ctx.t('group-results.items.line', { item, stem: stems.get(item) ?? '', mean: numberText(ctx, mean, 1), rest: numberText(ctx, itemRest, 2) }),
  )
  const order = (key: string, isInOrder: boolean) => {
    const names = areas.filter((one) => one.isInOrder === isInOrder).map(({ area }) => areaOf(instrument, area).name)
    return names.length === 0 ? [] : [ctx.t(key, { areas: names.join('; ') })]
  }
  return [
    [ctx.t('group-results.items.title'), ...lines].join('\n'),
    ctx.t('group-results.items.meaning'),
    [...order('group-results.items.in-order', true), ...order('group-results.items.out-of-order', false)].join('\n'),
  ].join('\n\n')
}

function alphaText(ctx: Ctx, { complete, alpha, areas }: GroupStatistics, instrument: Instrument): string {
  if (complete < MIN_GROUP) return ctx.t('group-results.alpha.too-few', { people: complete, least: MIN_GROUP })
  const line = (what: string, value: number | null) => ctx.t('group-results.alpha.line', { what, alpha: numberText(ctx, value, 2) })
  const lines = [line(ctx.label('group-results.alpha.all'), alpha), ...areas.map((one) => line(areaOf(instrument, one.area).name, one.alpha))]
  return [ctx.t('group-results.alpha.title', { people: complete }), ...lines].join('\n')
}

function retestText(ctx: Ctx, statistics: RetestStatistics | TooFew, { retest }: Instrument): string {
  if ('refused' in statistics) return ctx.t('group-results.retest.too-few', { people: statistics.people, least: MIN_GROUP })
  const { pairs, r, sem, mdc95 } = statistics
  return [
    ctx.t('group-results.retest.title', { people: pairs, ...retest }),
    ctx.t('group-results.retest.r', { r: numberText(ctx, r, 2) }),
    ctx.t('group-results.retest.sem', { sem: numberText(ctx, sem, 1) }),
    ctx.t('group-results.retest.mdc95', { mdc95: numberText(ctx, mdc95, 1) }),
  ].join('\n')
}

function areaOf({ areas }: Instrument, id: string): Area {
  const area = areas.find((one) => one.id === id)
  if (!area) throw new Error(`The instrument has no area "${id}".`)
  return area
}

/** The beginning of a question, cut between two words. */
function shortened(stem: string): string {
  return stem.length <= STEM_CHARS ? stem : `${stem.slice(0, STEM_CHARS).replace(/\s+\S*$/, '')}…`
}

/** A number as people write it in the reader's language; a dash for what can't be computed. */
function numberText({ person }: { readonly person: { readonly language: Language } }, value: number | null, digits: number): string {
  if (value === null) return '–'
  return new Intl.NumberFormat(person.language === 'id' ? 'id-ID' : 'en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value)
}
