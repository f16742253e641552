// Brings what someone says in a case to everyone else in it, as copies that name no account; and changes or takes back those copies later.
// Whether it may be said is decided before (case.ts).
import { enqueue } from '../delivery/outbox.ts'
import { addToAlbum, ALBUM_LONGEST_MS, closeAlbums } from '../delivery/album.ts'
import type { Person } from '../people/person.ts'
import { getPerson } from '../people/store.ts'
import { editingOf, neutralName, type Part, type PartSending, type Sending as Call, sendingOf } from '../telegram/part.ts'
import { unsettleActiveCase } from './active.ts'
import { keepFor, keptFor, takeKept } from './kept.ts'
import { type CaseCopy, type CaseMessage, copiesOf, findMessage, forgetCopy, linkCopy, messagesOf, noteCopy } from './messages.ts'
import type { CasePost, Sending } from './post.ts'
import { type CaseRecord, helpersOf } from './store.ts'

/** Telegram lets a bot delete its messages for so long. Source: Bot API, deleteMessage. */
export const DELETABLE_FOR_MS = 48 * 3_600_000

export interface Relaying {
  /** Brings a message to everyone in the case but its author. Gives the readers it could be brought to. @param answers what it replies to */
  carry(sending: Sending, of: CaseRecord, said: CaseMessage, answers?: number): Promise<readonly Person[]>
  /** Shows someone who joins what was said so far. */
  bringUpToDate(sending: Sending, of: CaseRecord, reader: Person): Promise<void>
  /** Shows someone who can be reached again what was said to them meanwhile. */
  bringKept(sending: Sending, of: CaseRecord, reader: Person): Promise<void>
  /** Shows new words in the copies; where they can't stand, says them anew. */
  reword(sending: Sending, of: CaseRecord, said: CaseMessage): Promise<void>
  /** Takes the copies back. Gives how many are too old to be taken back. */
  withdraw(sending: Sending, said: CaseMessage): Promise<number>
}

export function createRelaying({ post }: { post: CasePost }): Relaying {
  const { speaker } = post

  async function heading({ tx, now }: Sending, of: CaseRecord, author: number, reader: Person): Promise<string> {
    if (reader.id === of.personId) return speaker.html(reader, 'cases.heading.helper', { number: of.number, who: await post.helperName(tx, author, reader) }, now)
    const who = author === of.personId ? post.ownerName(await getPerson(tx, author), reader) : await post.helperName(tx, author, reader)
    return speaker.html(reader, 'cases.heading.owner', { number: of.number, who }, now)
  }

  async function bring(sending: Sending, of: CaseRecord, said: CaseMessage, reader: Person, answers?: number): Promise<boolean> {
    const { tx, now } = sending
    const chatId = reader.telegramId
    if (chatId === null) return false
    if (reader.unreachableAt !== null) {
      await keepFor(tx, { caseId: of.id, message: said.id, chatId, now })
      return false
    }
    await unsettleActiveCase(tx, { person: reader.id, caseId: of.id })
    const above = await heading(sending, of, said.author, reader)
    const replyTo = answers === undefined ? undefined : await shownTo(sending, answers, chatId)
    const silent = await post.isNight(tx, reader, now)
    const options = {
      protect: reader.id !== of.personId,
      silent,
      fileName: neutralName(said.part, speaker.plain(reader, 'cases.file-name', { number: of.number })),
      ...(replyTo !== undefined && { replyTo }),
    }
    const { copy, onSent } = await noteCopy(tx, { caseId: of.id, message: said.id, chatId, now })
    const call = sendingOf(said.part, { ...options, heading: above })
    if ('album' in said.part && said.part.album !== undefined) {
      const { row } = await addToAlbum(tx, { chatId, key: `${said.author}:${said.part.album}`, item: one(sendingOf(said.part, options)), opening: one(call), onSent }, now)
      await linkCopy(tx, copy, row)
      // An album holds up nothing behind it: what is too long for a caption waits until it has left.
      for (const more of call.rest) await sayBeside(sending, of, said, chatId, more, now + ALBUM_LONGEST_MS)
      return true
    }
    await closeAlbums(tx, chatId, now)
    if (call.headingLeft) await sayBeside(sending, of, said, chatId, { method: 'sendMessage', payload: { text: above, parse_mode: 'HTML', disable_notification: silent, ...(options.protect && { protect_content: true }) } })
    await linkCopy(tx, copy, await enqueue(tx, { chatId, ...one(call), onSent }, now))
    for (const more of call.rest) await sayBeside(sending, of, said, chatId, more)
    return true
  }

  async function bringKept(sending: Sending, of: CaseRecord, reader: Person): Promise<void> {
    if (reader.telegramId === null || reader.unreachableAt !== null) return
    for (const { id, message } of await keptFor(sending.tx, { caseId: of.id, chatId: reader.telegramId })) {
      if (!(await takeKept(sending.tx, id))) continue
      const said = await findMessage(sending.tx, message)
      if (said && said.withdrawnAt === null) await bring(sending, of, said, reader)
    }
  }

  return {
    bringKept,
    carry: async (sending, of, said, answers) => {
      const others = (await helpersOf(sending.tx, of.id)).map(({ person }) => person)
      const readers: Person[] = []
      for (const id of new Set([of.personId, ...others])) {
        const reader = await getPerson(sending.tx, id)
        await bringKept(sending, of, reader)
        if (id === said.author) continue
        if (await bring(sending, of, said, reader, answers)) readers.push(reader)
      }
      return readers
    },
    bringUpToDate: async (sending, of, reader) => {
      for (const said of await messagesOf(sending.tx, of.id)) if (said.author !== reader.id && said.withdrawnAt === null) await bring(sending, of, said, reader)
    },
    reword: async (sending, of, said) => {
      const { tx, now } = sending
      const copies = await copiesOf(tx, said.id)
      for (const copy of copies) {
        const reader = await readerOf(sending, copy)
        const aim = aimAt(copy, said.part)
        if (!reader || !aim) continue
        if (copies.find(({ chatId }) => chatId === copy.chatId) !== copy) {
          // What stood beside it belongs to the old words.
          await takeBack(sending, said, copy)
          await forgetCopy(tx, copy.id)
          continue
        }
        const above = await heading(sending, of, said.author, reader)
        const change = editingOf(said.part, aim.messageId, { heading: above })
        if (change) await enqueue(tx, { chatId: copy.chatId, ...change, targetId: aim.targetId }, now)
        else await bring(sending, of, { ...said, part: asText(said.part) }, reader, said.id)
      }
    },
    withdraw: async (sending, said) => {
      let tooOld = 0
      for (const copy of await copiesOf(sending.tx, said.id)) if (!(await takeBack(sending, said, copy))) tooOld += 1
      return tooOld
    },
  }

  /** Says who it is of before a file without words, or what did not fit after it: found by a reply, and taken back, as the file is. */
  async function sayBeside({ tx, now }: Sending, of: CaseRecord, said: CaseMessage, chatId: number, { method, payload }: Call, notBefore?: number): Promise<void> {
    const { copy, onSent } = await noteCopy(tx, { caseId: of.id, message: said.id, chatId, now })
    await linkCopy(tx, copy, await enqueue(tx, { chatId, method, payload, onSent, notBefore }, now))
  }
}

/** Takes one copy back; false when it is too old for that. */
async function takeBack({ tx, now }: Sending, said: CaseMessage, copy: CaseCopy): Promise<boolean> {
  // It waits for someone who can't be reached, and never leaves now.
  if (copy.outboxId === null && copy.telegramId === null) return true
  if (now - copy.createdAt >= DELETABLE_FOR_MS) return false
  const aim = aimAt(copy, said.part)
  // Of an album that waits, the part is taken back as soon as it has left (messages.ts).
  if (aim) await enqueue(tx, { chatId: copy.chatId, method: 'deleteMessage', payload: aim.messageId === undefined ? {} : { message_id: aim.messageId }, targetId: aim.targetId }, now)
  return true
}

const one = ({ method, payload }: PartSending) => ({ method, payload })

/** Which message is meant: by the row that brings it, which may not have left yet; of an album, whose row brings several, by its own id. */
function aimAt({ outboxId, telegramId }: CaseCopy, part: Part): { readonly messageId?: number; readonly targetId?: number } | undefined {
  if ('album' in part && part.album !== undefined) return telegramId === null ? undefined : { messageId: telegramId }
  return outboxId === null ? undefined : { targetId: outboxId }
}

const asText = (part: Part): Part => ({ kind: 'text', text: (part.kind === 'text' ? part.text : 'caption' in part ? part.caption : '') ?? '' })

async function readerOf({ tx }: Sending, { chatId }: CaseCopy): Promise<Person | undefined> {
  const row = await tx.selectFrom('person').select('id').where('telegram_id', '=', chatId).executeTakeFirst()
  return row && getPerson(tx, row.id)
}

/** Telegram's id of the message in a chat that shows, or said, this. */
async function shownTo({ tx }: Sending, message: number, chatId: number): Promise<number | undefined> {
  const own = await tx.selectFrom('case_message').select(['source_chat', 'source_message']).where('id', '=', message).executeTakeFirst()
  if (own?.source_chat === chatId && own.source_message !== null) return own.source_message
  return (await copiesOf(tx, message)).find((copy) => copy.chatId === chatId)?.telegramId ?? undefined
}
