// What a volunteer gave: cases, hours by a stated rule, ratings, words of thanks, and a letter for each month that anyone can check.
import { z } from 'zod'
import { getPerson } from '../../people/store.ts'
import { dayThere, formatMonth, zoneOf } from '../../people/time-zone.ts'
import { findVolunteer } from '../../people/volunteer-store.ts'
import { letter as drawLetter } from '../../pictures/letter.ts'
import type { Ctx } from '../../telegram/context.ts'
import { button, defineFeature, type Feature } from '../../telegram/feature.ts'
import type { Speaker } from '../../telegram/speaker.ts'
import type { Language } from '../../content/language.ts'
import { hoursOf, MINUTES_A_DAY, monthsBefore } from './counting.ts'
import { MonthData } from './month-data.ts'
import { findHelpers, letterReady } from './monthly.ts'
import { contributionOf, findLetter, keepLetter, letterFor, ratingsOf } from './store.ts'

export interface ContributionDeps {
  readonly clinicName: string
  /** 22 characters of A-Za-z0-9_-, never the same twice. */
  readonly randomToken: () => string
}

/** The word before the code in a deep link. */
const LINK_PREFIX = 'surat'
/** 60 bits: nobody guesses one that was given to somebody. */
const CODE_CHARS = 10
const MONTHS_OFFERED = 3
const LetterParams = z.object({ code: z.string(), language: z.enum(['id', 'en']), link: z.string() })
const HELPERS = ['volunteer', 'coordinator'] as const

export function createContribution({ clinicName, randomToken }: ContributionDeps): Feature {
  async function show(ctx: Ctx): Promise<void> {
    const zone = zoneOf(ctx.person)
    const today = dayThere(ctx.now, zone)
    const [now, all, ratings] = [await contributionOf(ctx.tx, ctx.person.id, today.slice(0, 7)), await contributionOf(ctx.tx, ctx.person.id), await ratingsOf(ctx.tx, ctx.person.id)]
    if (all.cases === 0) {
      await ctx.say('contribution.none')
      return
    }
    const months = []
    for (const month of monthsBefore(today, MONTHS_OFFERED)) if ((await contributionOf(ctx.tx, ctx.person.id, month)).cases > 0) months.push(month)
    const { language } = ctx.person
    const html = [
      ctx.t('contribution.title'),
      ctx.t('contribution.month', { count: now.cases, hours: number(hoursOf(now.minutes), language) }),
      ctx.t('contribution.all', { count: all.cases, hours: number(hoursOf(all.minutes), language) }),
      ctx.t('contribution.rule', { minutes: MINUTES_A_DAY }),
      ratings.average === null ? '' : ctx.t('contribution.ratings', { count: ratings.count, average: number(Math.round(ratings.average * 10) / 10, language) }),
      ratings.thanks.length === 0 ? '' : [ctx.t('contribution.thanks'), ...ratings.thanks.map((one) => ctx.t('contribution.thanks-line', one))].join('\n'),
    ]
    await ctx.sayHtml(html.filter(Boolean).join('\n\n'), {
      ...(months.length > 0 && { keyboard: months.map((month) => [ctx.button('contribution.letter.button', 'contribution-letter', { month }, { month: formatMonth(month, language) })]) }),
    })
  }

  /** The letter of a month that is over; asked for again it is the same one. */
  async function sendLetter(ctx: Ctx, month: string): Promise<void> {
    const volunteer = await findVolunteer(ctx.tx, ctx.person.id)
    const zone = zoneOf(ctx.person)
    const isOver = month < dayThere(ctx.now, zone).slice(0, 7)
    const done = await contributionOf(ctx.tx, ctx.person.id, month)
    if (!isOver || done.cases === 0) {
      ctx.toast('contribution.no-letter')
      return
    }
    let kept = await letterFor(ctx.tx, ctx.person.id, month)
    if (!kept) {
      const shownName = volunteer?.shownName ?? ctx.person.givenName ?? ctx.label('cases.colleague')
      kept = { code: randomToken().slice(0, CODE_CHARS), person: ctx.person.id, month, shownName, ...done, madeAt: ctx.now }
      await keepLetter(ctx.tx, kept)
    }
    const link = `https://t.me/${ctx.me.username}?start=${LINK_PREFIX}_${kept.code}`
    await ctx.say('contribution.letter.caption', { month: formatMonth(month, ctx.person.language), link }, {
      picture: { name: 'contribution-letter', params: { code: kept.code, language: ctx.person.language, link } },
    })
  }

  return defineFeature({
    name: 'contribution',
    commands: { kontribusi: { for: HELPERS, menu: 32, run: show } },
    buttons: { 'contribution-letter': button(HELPERS, MonthData, (ctx, { month }) => sendLetter(ctx, month)) },
    startLinks: {
      [LINK_PREFIX]: async (ctx, code) => {
        const found = await findLetter(ctx.tx, code)
        if (!found) {
          await ctx.say('contribution.check.unknown')
          return
        }
        await ctx.say('contribution.check.genuine', {
          name: found.shownName, month: formatMonth(found.month, ctx.person.language), count: found.cases, hours: number(hoursOf(found.minutes), ctx.person.language), clinic: clinicName,
        })
      },
    },
    jobs: [findHelpers],
    notices: [letterReady],
    pictures: {
      'contribution-letter': async ({ tx, params, speaker }) => {
        const { code, language, link } = LetterParams.parse(params)
        const found = await findLetter(tx, code)
        if (!found) throw new Error('This letter is gone: there is no picture to draw.')
        return drawLetter({ clinic: clinicName, ...wordsOf(speaker, await getPerson(tx, found.person), found, language), link: link.replace('https://', '') })
      },
    },
  })
}

function wordsOf(speaker: Speaker, reader: Parameters<Speaker['plain']>[0], found: { readonly shownName: string; readonly month: string; readonly cases: number; readonly minutes: number }, language: Language) {
  const text = (key: string, params = {}) => speaker.plain({ ...reader, language }, `contribution.picture.${key}`, params)
  return {
    title: text('title'),
    given: text('given'),
    name: found.shownName,
    body: text('body', { month: formatMonth(found.month, language) }),
    numbers: [text('cases', { count: found.cases }), text('hours', { hours: number(hoursOf(found.minutes), language) })] as const,
    rule: text('rule', { minutes: MINUTES_A_DAY }),
    check: text('check'),
  }
}

/** With one decimal at most: "2,5" or "2.5". */
function number(value: number, language: Language): string {
  return new Intl.NumberFormat(language === 'id' ? 'id-ID' : 'en-GB', { maximumFractionDigits: 2 }).format(value)
}
