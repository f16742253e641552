// What a volunteer sees of a case before she has it: topic, waiting time, sector and the owner's words with everything masked that tells who she is.
import type { HelpTopic } from '../content/help-topics.ts'
import type { Language } from '../content/language.ts'
import { getPerson } from '../people/store.ts'
import type { Tx } from '../storage/database.ts'
import { wordsOf } from '../telegram/part.ts'
import type { Reader, Speaker } from '../telegram/speaker.ts'
import { maskPersonal } from './masking.ts'
import { type CaseMessage, messagesOf } from './messages.ts'
import type { CaseRecord } from './store.ts'

/** What stands on a card; plain words, not yet escaped. */
export interface CardContent {
  readonly case: CaseRecord
  /** Her words, masked; empty when she sent none. */
  readonly words: string
  /** Other things she sent: kind and how many. */
  readonly attached: readonly { readonly kind: string; readonly count: number }[]
  readonly sector: string | null
  readonly village: string | null
  /** The language she speaks with the clinic. */
  readonly language: Language
}

const EXCERPT_CHARS = 280
const MOST_CHARS = 3000

export async function readCard(tx: Tx, of: CaseRecord): Promise<CardContent> {
  const owner = await getPerson(tx, of.personId)
  const businesses = await businessesOf(tx, of.personId)
  const hers = (await messagesOf(tx, of.id)).filter(({ author }) => author === of.personId)
  const names = namesOf(owner.givenName, businesses)
  return {
    case: of,
    words: maskPersonal(hers.map(({ part }) => wordsOf(part) ?? '').filter(Boolean).join('\n'), names),
    attached: attachedTo(hers),
    sector: businesses[0]?.sector ?? null,
    village: businesses[0]?.village_code ?? null,
    language: owner.language,
  }
}

/** What she and her businesses are called: what is masked before strangers read it. */
export async function ownNames(tx: Tx, person: number): Promise<readonly string[]> {
  return namesOf((await getPerson(tx, person)).givenName, await businessesOf(tx, person))
}

const businessesOf = (tx: Tx, person: number) => tx.selectFrom('business').select(['name', 'sector', 'village_code']).where('person_id', '=', person).orderBy('id').execute()

const namesOf = (givenName: string | null, businesses: readonly { readonly name: string | null }[]) =>
  [givenName, ...businesses.map(({ name }) => name)].filter((name) => name !== null)

function attachedTo(messages: readonly CaseMessage[]): CardContent['attached'] {
  const counts = new Map<string, number>()
  for (const { part, withdrawnAt } of messages) if (part.kind !== 'text' && withdrawnAt === null) counts.set(part.kind, (counts.get(part.kind) ?? 0) + 1)
  return [...counts].map(([kind, count]) => ({ kind, count }))
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

export interface CardWords {
  /** The beginning, or with `whole` all of it. */
  html(reader: Reader, content: CardContent, now: number, whole?: boolean): string
  /** Her words and what hangs on them, as she is shown it before it is sent. */
  preview(reader: Reader, content: CardContent, now: number): string
  topic(reader: Reader, of: Pick<CaseRecord, 'topic' | 'branch'>): string
  /** A span of time in the largest whole unit: "3 jam". */
  span(reader: Reader, ms: number): string
}

export function createCardWords({ speaker, topics, sectorName }: { speaker: Speaker; topics: readonly HelpTopic[]; sectorName: (id: string, language: Language) => string }): CardWords {
  const topic: CardWords['topic'] = (reader, of) => topics.find(({ id }) => id === of.topic)?.label[reader.language] ?? speaker.plain(reader, of.branch === null ? 'cases.topic.none' : 'cases.topic.scam')
  const span: CardWords['span'] = (reader, ms) => {
    const waited = Math.max(0, ms)
    if (waited < MINUTE_MS) return speaker.plain(reader, 'cases.span.moments')
    if (waited < HOUR_MS) return speaker.plain(reader, 'cases.span.minutes', { count: Math.floor(waited / MINUTE_MS) })
    if (waited < DAY_MS) return speaker.plain(reader, 'cases.span.hours', { count: Math.floor(waited / HOUR_MS) })
    return speaker.plain(reader, 'cases.span.days', { count: Math.floor(waited / DAY_MS) })
  }
  const said = (reader: Reader, { words, attached }: CardContent, now: number, most: number) => {
    const characters = Array.from(words)
    const body = characters.length > most ? `${characters.slice(0, most - 1).join('').trimEnd()}…` : words
    const files = attached.map(({ kind, count }) => speaker.plain(reader, `cases.attached.${kind}`, { count }))
    return [
      body === '' ? '' : speaker.html(reader, 'cases.card.words', { body }, now),
      files.length > 0 ? speaker.html(reader, 'cases.card.attached', { files: files.join(', ') }, now) : '',
    ].filter(Boolean).join('\n')
  }
  return {
    topic,
    span,
    preview: (reader, content, now) => said(reader, content, now, MOST_CHARS),
    html: (reader, content, now, whole = false) => {
      const { case: of, sector } = content
      const params = {
        number: of.number,
        topic: topic(reader, of),
        sector: sector === null ? speaker.plain(reader, 'cases.sector.none') : sectorName(sector, reader.language),
        waited: span(reader, now - of.createdAt),
      }
      return [
        speaker.html(reader, of.urgent ? 'cases.card.urgent' : of.front ? 'cases.card.again' : 'cases.card.title', params, now),
        of.branch === null ? '' : speaker.html(reader, `cases.card.branch.${of.branch}`, {}, now),
        of.about === null ? '' : speaker.html(reader, 'cases.card.about', { about: of.about }, now),
        said(reader, content, now, whole ? MOST_CHARS : EXCERPT_CHARS),
      ].filter(Boolean).join('\n')
    },
  }
}
