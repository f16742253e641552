// A gentle word about a form that was left unfinished, twice at most, and none once she said so.
import { z } from 'zod'
import type { Clinic } from '../../content/clinic.ts'
import type { Tx } from '../../storage/database.ts'
import { packButton } from '../../telegram/callback-data.ts'
import { composeEach, type DueNotice, type NoticeKind, settleEach } from '../../telegram/notice.ts'

export const ResumeData = z.object({ id: z.coerce.number().int().positive() })

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** The answers wait, however long she or the clinic was away. */
const STALE_AFTER_MS = 60 * DAY_MS
const REMINDERS = 2

/** A form of hers is not mentioned again, until she goes on with it and leaves it once more. */
export async function stopReminding(tx: Tx, person: number, id: number): Promise<void> {
  await tx.updateTable('conversation').set({ remind_at: null }).where('id', '=', id).where('person_id', '=', person).execute()
}

/** @param titleKey Text key of what a form is called in a sentence. */
export function createReminding({ clinic: { limits }, titleKey }: { clinic: Clinic; titleKey: (form: string) => string }): NoticeKind {
  const find = (tx: Tx, { subject }: DueNotice) => tx.selectFrom('conversation').selectAll().where('id', '=', Number(subject)).executeTakeFirst()
  const remindAt = (tx: Tx, { subject }: DueNotice, remind_at: number | null, sent = 0) =>
    tx.updateTable('conversation').set((e) => ({ remind_at, reminders_sent: e('reminders_sent', '+', sent) })).where('id', '=', Number(subject)).execute()

  return {
    name: 'unfinished-form',
    rank: 'plan',
    staleAfterMs: STALE_AFTER_MS,
    due: async (tx, { by, limit, people }) => {
      const rows = await tx
        .selectFrom('conversation')
        .select(['id', 'person_id', 'remind_at'])
        .where('remind_at', '<=', by)
        .$if(people !== undefined, (query) => query.where('person_id', 'in', people ?? []))
        .orderBy('remind_at')
        .limit(limit)
        .execute()
      return rows.map((row) => ({ person: row.person_id, subject: String(row.id), dueAt: row.remind_at as number }))
    },
    compose: composeEach(async ({ tx, now, person, speaker }, due) => {
      const form = await find(tx, due)
      if (!form || form.reminders_sent >= REMINDERS) return undefined
      return {
        html: speaker.html(person, form.reminders_sent === 0 ? 'form.reminder.first' : 'form.reminder.last', { form: speaker.plain(person, titleKey(form.form)) }, now),
        keyboard: [
          [{ text: speaker.plain(person, 'form.resume.button'), callback_data: packButton('resume', ResumeData, { id: form.id }) }],
          [{ text: speaker.plain(person, 'notices.stop.button'), callback_data: packButton('stop-form', ResumeData, { id: form.id }) }],
        ],
      }
    }),
    settle: settleEach(async (tx, due, { said, now }) => {
      const form = await find(tx, due)
      if (!form) return
      const isLast = form.reminders_sent + 1 >= REMINDERS
      // After a long standstill, or when the clock jumps, both may be due: they come as far apart as she and the first one.
      const next = Math.max(form.updated_at + limits.formSecondReminderAfterDays * DAY_MS, now + limits.formFirstReminderAfterHours * HOUR_MS)
      if (said) await remindAt(tx, due, isLast ? null : next, 1)
      else await remindAt(tx, due, null)
    }),
    followClock: async (tx, now) => {
      const latest = now + Math.max(limits.formFirstReminderAfterHours * HOUR_MS, limits.formSecondReminderAfterDays * DAY_MS)
      await tx.updateTable('conversation').set({ remind_at: latest }).where('remind_at', '>', latest).execute()
    },
    postpone: async (tx, due, until) => {
      await remindAt(tx, due, until)
    },
  }
}
