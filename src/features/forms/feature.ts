// Going on with unfinished forms: resume, stop, and a reminder or two at a fitting hour.
import { sql } from 'kysely'
import { z } from 'zod'
import type { Clinic } from '../../content/clinic.ts'
import { findHeld } from '../../people/hold.ts'
import { isOpenToNotices } from '../../people/person.ts'
import { findPerson } from '../../people/store.ts'
import type { Job } from '../../schedule/job.ts'
import { afterQuiet } from '../../schedule/quiet.ts'
import { packButton } from '../../telegram/callback-data.ts'
import { button, defineFeature, type Feature } from '../../telegram/feature.ts'
import type { FormRunner } from '../../telegram/form-runner.ts'

const ResumeData = z.object({ id: z.coerce.number().int().positive() })

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const MINUTE_MS = 60_000
const BITE = 50
const REMINDERS = 2

export function createForms({ clinic, forms, titleKey }: { clinic: Clinic; forms: FormRunner; titleKey: (form: string) => string }): Feature {
  const remind: Job = {
    name: 'remind-unfinished-forms',
    everyMs: MINUTE_MS,
    run: async ({ tx, now, speaker }) => {
      const find = () => tx.selectFrom('conversation').selectAll().where('remind_at', '<=', now).orderBy('remind_at').limit(BITE).execute()
      const due = await findHeld(tx, find, (row) => row.person_id)
      for (const row of due) {
        const person = await findPerson(tx, row.person_id)
        const silent = !person || !isOpenToNotices(person) || row.reminders_sent >= REMINDERS
        const allowedAt = silent ? now : afterQuiet(now, person.timeZone ?? 'Asia/Jakarta', clinic)
        const wait = (remind_at: number | null, sent = 0) =>
          tx.updateTable('conversation').set({ remind_at, reminders_sent: sql`reminders_sent + ${sent}` }).where('id', '=', row.id).execute()
        if (silent) await wait(null)
        else if (allowedAt > now) await wait(allowedAt)
        else {
          await speaker.say(
            tx,
            person,
            row.reminders_sent === 0 ? 'form.reminder.first' : 'form.reminder.last',
            { form: speaker.plain(person, titleKey(row.form)) },
            { lane: 'bulk', keyboard: [[{ text: speaker.plain(person, 'form.resume.button'), callback_data: packButton('resume', ResumeData, { id: row.id }) }]] },
            now,
          )
          const isLast = row.reminders_sent + 1 >= REMINDERS
          // After a long standstill, or when the clock jumps, both may be due: they come as far apart as she and the first one.
          const next = Math.max(row.updated_at + clinic.limits.formSecondReminderAfterDays * DAY_MS, now + clinic.limits.formFirstReminderAfterHours * HOUR_MS)
          await wait(isLast ? null : next, 1)
        }
      }
      return due.length === BITE
    },
  }

  return defineFeature({
    name: 'forms',
    commands: {
      lanjut: {
        for: ['anyone'],
        menu: 10,
        menuWhen: ({ unfinishedForms }) => unfinishedForms > 0,
        run: async (ctx) => {
          if (!(await ctx.resumeForm())) await ctx.say('form.nothing-open')
        },
      },
      batal: {
        for: ['anyone'],
        run: async (ctx) => {
          if (await forms.askStop(ctx)) return
          await ctx.say(ctx.conversations.length > 0 ? 'form.already-paused' : 'form.nothing-open')
        },
      },
    },
    buttons: {
      resume: button(['anyone'], ResumeData, async (ctx, { id }) => {
        // Her own forms only: an id from elsewhere is simply not among them.
        if (!(await ctx.resumeForm(id))) ctx.toast('form.over')
        await ctx.changeButtons()
      }),
    },
    jobs: [remind],
  })
}
