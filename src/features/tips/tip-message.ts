// A tip as it is read on a small screen: title, task and the beginning; the rest and what she does with it are buttons.
import { fillFacts } from '../../content/fact-text.ts'
import type { Facts } from '../../content/facts.ts'
import type { Tip } from '../../content/tips.ts'
import { addressed, type Person } from '../../people/person.ts'
import { packButton } from '../../telegram/callback-data.ts'
import type { InlineButton, InlineKeyboard } from '../../telegram/keyboards.ts'
import type { Speaker } from '../../telegram/speaker.ts'
import { mediaRow, type MediaSizes } from './media.ts'
import { TipData } from './tip-data.ts'

const LEAD_SENTENCES = 2

export interface TipReader {
  readonly mediaSizes: MediaSizes
  readonly person: Person
  readonly speaker: Speaker
  readonly facts: Facts
  /** ms UTC. */
  readonly now: number
}

/** The first two sentences of a body: enough to know whether to read on. A point within an address, a name or an amount ends none. */
export function leadOf(body: string): string {
  return (body.match(/.+?[.!?]+["”]?(?=\s|$)\s*/gs) ?? [body]).slice(0, LEAD_SENTENCES).join('').trim()
}

/** Title, lead and task. Facts stand in the whole text only: a lead without their date would be half of them. */
export function shortTip({ person, speaker, now }: TipReader, tip: Tip): string {
  const lead = addressed(leadOf(tip.body.replaceAll(/\{fact\.[a-z0-9_]+\}/g, '')), person)
  return speaker.html(person, 'tips.message', { title: tip.title, body: lead, action: tip.action }, now)
}

export function wholeTip({ person, speaker, facts, now }: TipReader, tip: Tip): string {
  return speaker.html(person, 'tips.message', { title: tip.title, body: addressed(fillFacts(tip.body, facts, 'id', now), person), action: tip.action }, now)
}

/** What a member can do with a tip. */
export function tipKeyboard(reader: Pick<TipReader, 'person' | 'speaker' | 'mediaSizes'>, tip: Tip): InlineKeyboard {
  const { person, speaker } = reader
  const { id } = tip
  const button = (key: string, name: string): InlineButton => ({ text: speaker.plain(person, key), callback_data: packButton(name, TipData, { tip: id }) })
  return [
    [button('tips.how.button', 'tip-how')],
    ...mediaRow(reader, tip),
    [button('tips.tried.button', 'tip-tried'), button('tips.later.button', 'tip-later')],
    [button('tips.unsuited.button', 'tip-unsuited'), button('tips.help.button', 'tip-help')],
    [button('tips.save.button', 'tip-save')],
  ]
}
