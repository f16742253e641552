// What was said in a case as a text its owner can keep: who, when where she lives, and the words. Files are named by kind, notes of helpers
// are not in it.
import type { CardWords } from '../../cases/card.ts'
import { type CaseMessage, messagesOf } from '../../cases/messages.ts'
import type { CasePost } from '../../cases/post.ts'
import { type CaseRecord, findCase } from '../../cases/store.ts'
import type { Person } from '../../people/person.ts'
import { getPerson } from '../../people/store.ts'
import { formatDay, localTime, zoneName, zoneOf } from '../../people/time-zone.ts'
import { wordsOf } from '../../telegram/part.ts'
import type { Tx } from '../../storage/database.ts'
import { z } from 'zod'
import type { Ctx } from '../../telegram/context.ts'
import type { Feature } from '../../telegram/feature.ts'

const Params = z.object({ case: z.number().int().positive(), person: z.number().int().positive() })

/** Sends it to whom the case belongs. */
export async function sendTranscript(ctx: Ctx, caseId: number): Promise<void> {
  const of = await findCase(ctx.tx, caseId)
  if (of?.personId !== ctx.person.id) {
    ctx.toast('help.not-here')
    await ctx.changeButtons()
    return
  }
  if ((await messagesOf(ctx.tx, caseId)).length === 0) {
    await ctx.say('closing.transcript.empty', { number: of.number })
    return
  }
  await ctx.say('closing.transcript.caption', { number: of.number }, { document: { name: 'case-transcript', params: { case: caseId, person: ctx.person.id } } })
}

/** Read when it is sent: what was withdrawn until then is not in it. */
export function createTranscript({ post, words }: { post: CasePost; words: CardWords }): NonNullable<Feature['documents']>[string] {
  return async ({ tx, params }) => {
    const { case: caseId, person } = Params.parse(params)
    const of = await findCase(tx, caseId)
    if (of?.personId !== person) throw new Error('A transcript is for whom the case belongs to.')
    const owner = await getPerson(tx, person)
    const title = post.speaker.plain(owner, 'closing.transcript.title', { number: of.number, topic: words.topic(owner, of) })
    const entries: string[] = []
    for (const said of await messagesOf(tx, caseId)) entries.push(await entry(tx, of, owner, said))
    return { fileName: `${post.speaker.plain(owner, 'closing.transcript.file', { number: of.number })}.txt`, content: [title, ...entries, ''].join('\n\n') }
  }

  async function entry(tx: Tx, of: CaseRecord, owner: Person, said: CaseMessage): Promise<string> {
    const who = said.author === of.personId ? post.speaker.plain(owner, 'closing.transcript.you') : await post.helperName(tx, said.author, owner)
    return `[${moment(said.createdAt, owner)}] ${who}:\n${contentOf(owner, said)}`
  }

  function contentOf(owner: Person, { part, withdrawnAt }: CaseMessage): string {
    if (withdrawnAt !== null) return post.speaker.plain(owner, 'closing.transcript.withdrawn')
    const file = part.kind === 'text' ? '' : `[${post.speaker.plain(owner, `cases.attached.${part.kind}`, { count: 1 })}]`
    return [file, wordsOf(part) ?? ''].filter(Boolean).join('\n')
  }
}

/** "23 Nov 2026 09.05 WIB". `at`: ms UTC. */
function moment(at: number, owner: Person): string {
  const { language } = owner
  const zone = zoneOf(owner)
  const { hour, minute } = localTime(at, zone)
  const clock = [hour, minute].map((part) => String(part).padStart(2, '0')).join(language === 'id' ? '.' : ':')
  return `${formatDay(at, zone, language)} ${clock} ${zoneName(zone)}`
}
