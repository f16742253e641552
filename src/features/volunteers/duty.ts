// When and how much a volunteer helps, in her own time zone: one card with everything a tap changes.
import { choiceField, dateField, defineForm } from '../../conversation/form.ts'
import { clock, hourWords } from '../../conversation/parse/hours.ts'
import { formatLocal, localTime, startOfDay, zoneName, zoneOf } from '../../people/time-zone.ts'
import { isOnDuty, nextWeeklyQuestion, type Volunteer, WEEKLY_LOADS, type WeeklyLoad } from '../../people/volunteer.ts'
import { askWeekly, changeVolunteer, findVolunteer, isAskedWeekly, type VolunteerChange } from '../../people/volunteer-store.ts'
import type { Ctx } from '../../telegram/context.ts'
import type { FormHandler } from '../../telegram/feature.ts'
import type { InlineButton } from '../../telegram/keyboards.ts'
import { quietOf, quietSteps } from './steps.ts'
import { beginWelcome } from './welcome.ts'
import { quietWords } from './words.ts'

const DAY_MS = 86_400_000
/** Hours at which a digest may come. */
export const DIGEST_HOURS = Array.from({ length: 15 }, (_, at) => at + 6)

export interface Duty {
  /** The card; who has not told anything of herself yet is asked first. */
  show(ctx: Ctx): Promise<void>
  /** Keeps a change of hers and shows the card. */
  change(ctx: Ctx, change: VolunteerChange): Promise<void>
  /** Away for so many nights from today, or back (0). */
  goAway(ctx: Ctx, nights: number): Promise<void>
  setAskedWeekly(ctx: Ctx, asked: boolean): Promise<void>
  readonly forms: readonly FormHandler[]
}

export function createDuty(): Duty {
  async function show(ctx: Ctx): Promise<void> {
    if (await beginWelcome(ctx)) return
    const volunteer = await findVolunteer(ctx.tx, ctx.person.id)
    if (!volunteer) return
    const plain = ctx.label
    const profileButton = [ctx.button('volunteers.profile.button', 'volunteer-mine')]
    if (volunteer.state !== 'active') {
      await ctx.say(`volunteers.siaga.${volunteer.state}`, {}, { keyboard: [profileButton] })
      return
    }
    const asked = await isAskedWeekly(ctx.tx, volunteer.person)
    const lines = [
      ctx.t(standingKey(volunteer, ctx.now), { name: volunteer.shownName, until: formatLocal(volunteer.awayUntil ?? 0, volunteer.timeZone, ctx.person.language).split(/, (?:pukul|at) /)[0] ?? '' }),
      ctx.t('volunteers.siaga.card', {
        load: plain(`volunteers.load.options.${volunteer.weeklyLoad}`),
        news: plain(`volunteers.siaga.news.${volunteer.news}`, { hour: clock(volunteer.digestHour), zone: zoneName(volunteer.timeZone) }),
        quiet: quietWords(volunteer, plain),
        weekly: plain(asked ? 'form.yes' : 'form.no'),
      }),
    ]
    await ctx.sayHtml(lines.join('\n\n'), { keyboard: [...keyboard(ctx, volunteer, asked), profileButton] })
  }

  function keyboard(ctx: Ctx, volunteer: Volunteer, asked: boolean): InlineButton[][] {
    const isAway = volunteer.awayUntil !== null && volunteer.awayUntil > ctx.now
    return [
      [ctx.button(volunteer.onDuty ? 'volunteers.siaga.off.button' : 'volunteers.siaga.on.button', 'duty-set', { on: volunteer.onDuty ? 0 : 1 })],
      isAway
        ? [ctx.button('volunteers.siaga.back.button', 'duty-away', { nights: 0 })]
        : [
            ctx.button('volunteers.siaga.tomorrow.button', 'duty-away', { nights: 1 }),
            ctx.button('volunteers.siaga.week.button', 'duty-away', { nights: 7 }),
            ctx.button('volunteers.siaga.date.button', 'duty-away-until'),
          ],
      loadButtons(ctx, volunteer.weeklyLoad),
      [
        volunteer.news === 'instant' ? ctx.button('volunteers.siaga.digest.button', 'duty-digest') : ctx.button('volunteers.siaga.instant.button', 'duty-instant'),
        ctx.button('volunteers.siaga.quiet.button', 'duty-quiet'),
      ],
      [ctx.button(asked ? 'volunteers.siaga.do-not-ask.button' : 'volunteers.siaga.ask.button', 'duty-ask', { on: asked ? 0 : 1 })],
    ]
  }

  async function change(ctx: Ctx, changed: VolunteerChange): Promise<void> {
    await ctx.changeButtons()
    await keep(ctx, changed)
  }

  async function keep(ctx: Ctx, changed: VolunteerChange): Promise<void> {
    await changeVolunteer(ctx.tx, ctx.person.id, changed, ctx.now)
    await show(ctx)
  }

  /** Midnight after so many nights where she lives. */
  async function goAway(ctx: Ctx, nights: number): Promise<void> {
    if (nights === 0) return change(ctx, { awayUntil: null, onDuty: true })
    const { year, month, day } = localTime(ctx.now + nights * DAY_MS, zoneOf(ctx.person))
    await change(ctx, { awayUntil: startOfDay(`${year}-${month}-${day}`, zoneOf(ctx.person)) })
  }

  async function setAskedWeekly(ctx: Ctx, asked: boolean): Promise<void> {
    await ctx.changeButtons()
    const volunteer = await findVolunteer(ctx.tx, ctx.person.id)
    if (volunteer?.state === 'active') await askWeekly(ctx.tx, volunteer.person, asked ? nextWeeklyQuestion(volunteer, ctx.now) : null)
    await show(ctx)
  }

  return {
    show,
    change,
    goAway,
    setAskedWeekly,
    forms: [
      {
        form: defineForm({ name: 'volunteer-away', version: 1, review: false, steps: { until: dateField({ only: 'coming' }) } }),
        texts: 'volunteers.away',
        finish: (ctx, answers) => keep(ctx, { awayUntil: startOfDay(String(answers['until']), zoneOf(ctx.person)) }),
      },
      {
        form: defineForm({ name: 'volunteer-digest', version: 1, review: false, steps: { hour: choiceField(DIGEST_HOURS.map(String)) } }),
        texts: 'volunteers.digest',
        params: (ctx) => ({ zone: zoneName(zoneOf(ctx.person)) }),
        optionWords: (_, __, option) => hourWords(Number(option)),
        finish: (ctx, answers) => keep(ctx, { news: 'digest', digestHour: Number(answers['hour']) }),
      },
      {
        form: defineForm({ name: 'volunteer-quiet', version: 1, review: false, steps: quietSteps }),
        texts: 'volunteers',
        title: 'volunteers.profile.title',
        optionWords: (_, step, option) => (step === 'quiet' ? undefined : hourWords(Number(option))),
        finish: async (ctx, answers) => {
          const quiet = quietOf(answers)
          if (await isAskedWeekly(ctx.tx, ctx.person.id)) await askWeekly(ctx.tx, ctx.person.id, nextWeeklyQuestion({ ...quiet, timeZone: zoneOf(ctx.person) }, ctx.now))
          await keep(ctx, quiet)
        },
      },
    ],
  }
}

/** One tap each: how many cases a week. */
export function loadButtons(ctx: Ctx, taken?: WeeklyLoad): InlineButton[] {
  return WEEKLY_LOADS.map((load) => {
    const one = ctx.button('volunteers.week.load.button', 'duty-load', { load }, { count: load })
    return load === taken ? { ...one, text: `✅ ${one.text}` } : one
  })
}

function standingKey(volunteer: Volunteer, now: number): string {
  if (!volunteer.onDuty) return 'volunteers.siaga.is-off'
  return isOnDuty(volunteer, now) ? 'volunteers.siaga.is-on' : 'volunteers.siaga.is-away'
}
