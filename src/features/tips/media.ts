// The picture or voice note of a tip: offered with its size, and sent only when somebody taps for it, so that nobody pays for what she did not want.
import { toKilobytes } from '../../content/media.ts'
import type { Tip } from '../../content/tips.ts'
import { wasEnqueuedSince } from '../../delivery/outbox.ts'
import { packButton } from '../../telegram/callback-data.ts'
import type { Ctx } from '../../telegram/context.ts'
import type { InlineKeyboard } from '../../telegram/keyboards.ts'
import type { Speaker } from '../../telegram/speaker.ts'
import type { Person } from '../../people/person.ts'
import { TipData } from './tip-data.ts'

/** Bytes, by the names of the files in `data/media/`. */
export type MediaSizes = ReadonlyMap<string, number>

/** Tapped again so soon it was an impatient finger: on a slow line the first one is still on its way. */
const ON_ITS_WAY_MS = 60_000

/** Whether what goes by this key was written for her a moment ago. */
export async function isOnItsWay(ctx: Ctx, promptKey: string): Promise<boolean> {
  return ctx.person.telegramId !== null && (await wasEnqueuedSince(ctx.tx, ctx.person.telegramId, promptKey, ctx.now - ON_ITS_WAY_MS))
}

/** A row with the button that brings it; no row for a tip without. */
export function mediaRow({ person, speaker, mediaSizes }: { readonly person: Person; readonly speaker: Speaker; readonly mediaSizes: MediaSizes }, { id, media }: Tip): InlineKeyboard {
  if (!media) return []
  const text = speaker.plain(person, `tips.media.${media.kind}.button`, { size: toKilobytes(mediaSizes.get(media.file) ?? 0) })
  return [[{ text, callback_data: packButton('tip-media', TipData, { tip: id }) }]]
}

/** Sends it; the button goes, and a second tap brings no second one. */
export async function sendMedia(ctx: Ctx, { id, action, media }: Tip): Promise<void> {
  if (!media) return ctx.toast('tips.gone')
  const promptKey = `tip-media:${id}`
  await ctx.changeButtons(withoutTapped(ctx))
  if (await isOnItsWay(ctx, promptKey)) return ctx.toast('tips.media.coming')
  await ctx.sayHtml(ctx.t('tips.media.caption', { action }), { media, promptKey })
}

/** The buttons of the tapped message but for the tapped one. */
function withoutTapped({ callbackQuery }: Ctx): InlineKeyboard {
  const markup = callbackQuery?.message && 'reply_markup' in callbackQuery.message ? callbackQuery.message.reply_markup : undefined
  const rows = (markup?.inline_keyboard ?? []).map((row) => row.flatMap((one) => ('callback_data' in one && one.callback_data !== callbackQuery?.data ? [one] : [])))
  return rows.filter((row) => row.length > 0)
}
