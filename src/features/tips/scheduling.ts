// When an owner gets her tips: she chooses days and hour, changes them, pauses, stops and begins again, all in her own time zone.
import { z } from 'zod'
import { type Answers, choiceField, choicesField, dateField, defineForm } from '../../conversation/form.ts'
import { clock, hourWords } from '../../conversation/parse/hours.ts'
import { minutesToSend, type SendingLimits } from '../../delivery/waiting-time.ts'
import { formatLocal, startOfDay, zoneName, zoneOf } from '../../people/time-zone.ts'
import { takeBackNotices } from '../../people/waiting-notices.ts'
import type { Ctx } from '../../telegram/context.ts'
import { button, type Feature, type FormHandler, NO_DATA } from '../../telegram/feature.ts'
import { countSlots, findSchedule, saveSchedule, type TipSchedule } from './schedule-store.ts'
import { EVERY_DAY, HOURS, lessOften, moreOften, nextSlot, type Rhythm, THRICE, WEEKLY } from './slots.ts'
import { forgetShown } from './store.ts'

const DAY_MS = 86_400_000
/** Whoever would wait longer than this is offered a quieter hour. */
const LONG_WAIT_MINUTES = 10

const PauseData = z.object({ days: z.coerce.number().int().min(1).max(31) })
/** On how many days tips came when the button was shown: a second tap, or an old screen, finds another number. */
const OftenData = z.object({ days: z.coerce.number().int() })
const HourData = z.object({ hour: z.coerce.number().int().min(HOURS[0]!).max(HOURS.at(-1)!) })

const rhythmForm = defineForm({
  name: 'tip-schedule',
  version: 1,
  review: false,
  steps: {
    often: choiceField(['daily', 'thrice', 'weekly']),
    days: choicesField(EVERY_DAY.map(String), { when: (answers) => answers['often'] === 'thrice' || answers['often'] === 'weekly', optional: true }),
    hour: choiceField(HOURS.map(String)),
  },
})

const pauseForm = defineForm({ name: 'tip-pause', version: 1, review: false, steps: { until: dateField({ only: 'coming' }) } })

export interface Scheduling {
  /** Shows when tips come, with all that can be changed; or asks when there is nothing yet. */
  show(ctx: Ctx): Promise<void>
  readonly buttons: NonNullable<Feature['buttons']>
  readonly forms: readonly FormHandler[]
}

export function createScheduling(limits: SendingLimits): Scheduling {
  const moment = (ctx: Ctx, at: number) => formatLocal(at, zoneOf(ctx.person), ctx.person.language)
  const daysText = (ctx: Ctx, weekdays: readonly number[]) =>
    weekdays.length === EVERY_DAY.length ? ctx.label('tips.schedule.every-day') : weekdays.map((day) => ctx.label(`tips.schedule.days.options.${day}`)).join(', ')

  async function show(ctx: Ctx): Promise<void> {
    if (ctx.person.memberNumber === null) {
      await ctx.say('tips.schedule.members-only', {}, { keyboard: [[ctx.button('registration.start.button', 'register')]] })
      return
    }
    const schedule = await findSchedule(ctx.tx, ctx.person.id)
    if (!schedule) return ctx.startForm('tip-schedule')
    if (schedule.stoppedAt !== null || schedule.nextAt === null) {
      await ctx.say('tips.schedule.stopped', {}, { keyboard: [[ctx.button('tips.schedule.resume.button', 'tips-resume')], [ctx.button('tips.schedule.change.button', 'tips-change')]] })
      return
    }
    const when = { days: daysText(ctx, schedule.weekdays), hour: clock(schedule.hour), zone: zoneName(zoneOf(ctx.person)), next: moment(ctx, schedule.nextAt) }
    if (schedule.pausedUntil !== null && schedule.pausedUntil > ctx.now) {
      await ctx.say('tips.schedule.paused', when, { keyboard: [[ctx.button('tips.schedule.resume.button', 'tips-resume')], [ctx.button('tips.schedule.stop.button', 'tips-stop')]] })
      return
    }
    const often = { days: schedule.weekdays.length }
    await ctx.say('tips.schedule.now', when, {
      keyboard: [
        [ctx.button('tips.schedule.change.button', 'tips-change')],
        [ctx.button('tips.schedule.less.button', 'tips-less', often), ctx.button('tips.schedule.more.button', 'tips-more', often)],
        [ctx.button('tips.schedule.pause-week.button', 'tips-pause', { days: 7 }), ctx.button('tips.schedule.pause-month.button', 'tips-pause', { days: 30 })],
        [ctx.button('tips.schedule.pause-until.button', 'tips-pause-until')],
        [ctx.button('tips.schedule.stop.button', 'tips-stop')],
      ],
    })
    await offerQuieterHour(ctx, schedule, schedule.nextAt)
  }

  /** Keeps a rhythm from `from` (ms UTC) on, and shows what came of it. */
  async function keep(ctx: Ctx, rhythm: Rhythm, from = ctx.now, pausedUntil: number | null = null): Promise<void> {
    const nextAt = nextSlot(rhythm, zoneOf(ctx.person), from)
    await saveSchedule(ctx.tx, ctx.person.id, { ...rhythm, nextAt, pausedUntil, stoppedAt: null }, ctx.now)
    await show(ctx)
  }

  /** When more people chose this hour than can be written to at once, an hour beside it is quicker. */
  async function offerQuieterHour(ctx: Ctx, rhythm: Rhythm, nextAt: number): Promise<void> {
    const minutesAt = async (at: number) => minutesToSend(await countSlots(ctx.tx, at), limits)
    const minutes = await minutesAt(nextAt)
    if (minutes < LONG_WAIT_MINUTES) return
    const beside = [rhythm.hour - 1, rhythm.hour + 1].filter((hour) => HOURS.includes(hour))
    const waits = await Promise.all(beside.map(async (hour) => ({ hour, minutes: await minutesAt(nextAt + (hour - rhythm.hour) * 3_600_000) })))
    const best = waits.toSorted((a, b) => a.minutes - b.minutes)[0]
    if (!best || best.minutes >= minutes) return
    await ctx.say('tips.schedule.busy', { hour: clock(rhythm.hour), zone: zoneName(zoneOf(ctx.person)), minutes }, { keyboard: [[ctx.button('tips.schedule.quieter.button', 'tips-hour', { hour: best.hour }, { hour: clock(best.hour) })]] })
  }

  /** Runs with her schedule; without one she is asked when she wants tips. */
  const withSchedule = (run: (ctx: Ctx, schedule: TipSchedule) => Promise<void>) => async (ctx: Ctx) => {
    const schedule = await findSchedule(ctx.tx, ctx.person.id)
    await ctx.changeButtons()
    if (schedule) await run(ctx, schedule)
    else await show(ctx)
  }
  /** Who has stopped begins again by saying so, not by a button that was left over. */
  const whileTheyCome = (run: (ctx: Ctx, schedule: TipSchedule) => Promise<void>) => withSchedule((ctx, schedule) => (schedule.stoppedAt === null ? run(ctx, schedule) : show(ctx)))
  /** The tip that was about to leave comes another time. */
  async function takeBackTip(ctx: Ctx): Promise<void> {
    for (const tip of await takeBackNotices(ctx.tx, ctx.person.id, 'tip', ctx.now)) await forgetShown(ctx.tx, ctx.person.id, tip)
  }
  async function pauseUntil(ctx: Ctx, schedule: TipSchedule, until: number): Promise<void> {
    await takeBackTip(ctx)
    await keep(ctx, schedule, until, until)
  }
  const changed = (change: (rhythm: Rhythm) => Rhythm | undefined, otherwise: string) => (ctx: Ctx, { days }: z.output<typeof OftenData>) =>
    whileTheyCome(async (ctx, schedule) => {
      if (schedule.weekdays.length !== days) return show(ctx)
      const rhythm = change(schedule)
      if (rhythm) await keep(ctx, rhythm)
      else await ctx.say(otherwise, {}, { keyboard: [[ctx.button('tips.schedule.stop.button', 'tips-stop')]] })
    })(ctx)

  return {
    show,
    buttons: {
      'tips-schedule': button(['anyone'], NO_DATA, show),
      'tips-change': button(['owner'], NO_DATA, async (ctx) => {
        await ctx.changeButtons()
        await ctx.startForm('tip-schedule')
      }),
      'tips-less': button(['owner'], OftenData, changed(lessOften, 'tips.schedule.least')),
      'tips-more': button(['owner'], OftenData, changed(moreOften, 'tips.schedule.most')),
      'tips-hour': button(['owner'], HourData, (ctx, { hour }) => whileTheyCome((ctx, schedule) => keep(ctx, { ...schedule, hour }))(ctx)),
      'tips-pause': button(['owner'], PauseData, (ctx, { days }) => whileTheyCome((ctx, schedule) => pauseUntil(ctx, schedule, ctx.now + days * DAY_MS))(ctx)),
      'tips-pause-until': button(['owner'], NO_DATA, (ctx) => ctx.startForm('tip-pause')),
      'tips-resume': button(['owner'], NO_DATA, withSchedule((ctx, schedule) => keep(ctx, schedule))),
      'tips-stop': button(['owner'], NO_DATA, withSchedule(async (ctx, schedule) => {
        await takeBackTip(ctx)
        await saveSchedule(ctx.tx, ctx.person.id, { ...schedule, nextAt: null, pausedUntil: null, stoppedAt: ctx.now }, ctx.now)
        await ctx.say('tips.schedule.stopped-now')
      })),
    },
    forms: [
      {
        form: rhythmForm,
        texts: 'tips.schedule',
        params: (ctx) => ({ zone: zoneName(zoneOf(ctx.person)) }),
        optionWords: (_, step, option) => (step === 'hour' ? hourWords(Number(option)) : undefined),
        finish: (ctx, answers) => keep(ctx, { weekdays: weekdaysOf(answers), hour: Number(answers['hour']) }),
      },
      {
        form: pauseForm,
        texts: 'tips.pause',
        finish: async (ctx, answers) => {
          const schedule = await findSchedule(ctx.tx, ctx.person.id)
          if (schedule?.stoppedAt === null) await pauseUntil(ctx, schedule, startOfDay(String(answers['until']), zoneOf(ctx.person)))
          else await show(ctx)
        },
      },
    ],
  }
}

function weekdaysOf(answers: Answers): readonly number[] {
  if (answers['often'] === 'daily') return EVERY_DAY
  const chosen = ((answers['days'] as readonly string[] | null) ?? []).map(Number)
  if (chosen.length > 0) return chosen
  return answers['often'] === 'thrice' ? THRICE : WEEKLY
}
