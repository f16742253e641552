// Gathers the parts of an album, which Telegram tells one by one and without their number, in one waiting row of the outbox; and makes
// that row into the call that sends them together. What a part holds is its sender's business.
import { sql } from 'kysely'
import { rowLock, type Tx } from '../storage/database.ts'
import type { Claimed } from './claim.ts'
import { enqueue, type OnSent } from './outbox.ts'
import type { Lane, OutgoingMethod } from './outgoing.ts'

type Payload = Readonly<Record<string, unknown>>

export interface AlbumPart {
  readonly method: OutgoingMethod
  /** Parameters of that method, as in `OutgoingCall`. */
  readonly payload: Payload
}

export interface AlbumCall {
  readonly chatId: number
  /** What the parts of one album share: the sender and Telegram's media_group_id. */
  readonly key: string
  readonly item: AlbumPart
  /** How the part goes out when it opens a row, such as with a heading over its caption; as `item` when absent. */
  readonly opening?: AlbumPart | undefined
  /** Told of this part's own message, as if it had been sent alone. */
  readonly onSent?: OnSent | undefined
  /** Default `reply`. */
  readonly lane?: Lane | undefined
}

export interface AlbumOutcome {
  /** The outbox row that carries the part. */
  readonly row: number
  /** The part opened the row: it is the first of its album, or did not fit with those before. */
  readonly opened: boolean
}

/** So long after a part the next one may still come, ms. Telegram tells all parts of an album within about a second. */
export const ALBUM_PAUSE_MS = 1500
/** But nobody waits longer for the first part, ms. */
export const ALBUM_LONGEST_MS = 5000
/** Source: Bot API, sendMediaGroup. */
const MOST_PARTS = 10

/** What may stand together in one album. Source: Bot API, sendMediaGroup: documents and audio files go only with their like. */
const TYPES: Partial<Record<OutgoingMethod, { readonly type: string; readonly family: string }>> = {
  sendPhoto: { type: 'photo', family: 'seen' },
  sendVideo: { type: 'video', family: 'seen' },
  sendDocument: { type: 'document', family: 'document' },
  sendAudio: { type: 'audio', family: 'audio' },
}

interface AlbumPayload {
  readonly album: readonly AlbumPart[]
  /** When the first part came, ms UTC. */
  readonly since: number
}

/**
 * Puts a part of an album into the outbox: with the parts that wait there already, where it fits, else in a row of its own. The row leaves
 * once no further part came for a while; a single part then goes out as its own kind. Being a row, it outlives the process.
 * @param now ms UTC.
 */
export async function addToAlbum(tx: Tx, call: AlbumCall, now: number): Promise<AlbumOutcome> {
  const { chatId, item, key, lane = 'reply', onSent } = call
  const promptKey = `album:${key}`
  const waiting = await findWaiting(tx, chatId, lane, promptKey)
  if (waiting && fits(waiting.payload.album, item)) {
    const { album, since } = waiting.payload
    await tx
      .updateTable('outbox')
      .set({
        payload: JSON.stringify({ album: [...album, item], since } satisfies AlbumPayload),
        on_sent: JSON.stringify([...waiting.onSent, onSent ?? null]),
        next_at: Math.min(now + ALBUM_PAUSE_MS, since + ALBUM_LONGEST_MS),
      })
      .where('id', '=', waiting.id)
      .execute()
    return { row: waiting.id, opened: false }
  }
  const payload: AlbumPayload = { album: [call.opening ?? item], since: now }
  const row = await enqueue(
    tx,
    { chatId, lane, promptKey, method: 'sendMediaGroup', payload: { ...payload }, notBefore: now + ALBUM_PAUSE_MS, onSent: [onSent ?? null] },
    now,
  )
  return { row, opened: true }
}

/** Lets the albums that wait for a chat leave now, so that what is said next comes after them. @param now ms UTC. */
export async function closeAlbums(tx: Tx, chatId: number, now: number): Promise<void> {
  await tx
    .updateTable('outbox')
    .set({ next_at: now })
    .where(WAITING)
    .where('chat_id', '=', chatId)
    .where('prompt_key', 'like', 'album:%')
    .where('next_at', '>', now)
    .execute()
}

/** The call that a row of `sendMediaGroup` stands for; undefined when it holds no album. */
export function albumCall(payload: Payload): AlbumPart | undefined {
  const { album } = payload as Partial<AlbumPayload>
  const [first] = album ?? []
  if (!album || !first) return undefined
  if (album.length === 1) return first
  const { disable_notification, reply_parameters } = first.payload
  // What must not be passed on is protected, whichever part says so.
  const protect_content = album.some(({ payload: { protect_content: asked } }) => asked === true) || undefined
  return {
    method: 'sendMediaGroup',
    // An album carries no buttons (Bot API, sendMediaGroup).
    payload: { media: album.map(inputMedia), disable_notification, protect_content, reply_parameters },
  }
}

/**
 * Puts the parts of an album that Telegram will never take into rows of their own, so that one bad file takes no other with it.
 * @param now ms UTC.
 * @returns whether there were several.
 */
export async function splitAlbum(tx: Tx, row: Pick<Claimed, 'rowChatId' | 'lane' | 'method' | 'payload' | 'onSent'>, now: number): Promise<boolean> {
  const { album = [] } = (row.method === 'sendMediaGroup' ? (row.payload ?? {}) : {}) as Partial<AlbumPayload>
  if (album.length < 2) return false
  const onSent = readOnSent(row.onSent)
  for (const [at, item] of album.entries()) await enqueue(tx, { chatId: row.rowChatId, lane: row.lane, ...item, onSent: onSent[at] ?? undefined }, now)
  return true
}

/** How many messages a row of `sendMediaGroup` brings. */
export function albumSize(payload: Payload | undefined): number {
  const { album } = (payload ?? {}) as Partial<AlbumPayload>
  return Array.isArray(album) ? album.length : 1
}

function inputMedia({ method, payload }: AlbumPart): Payload {
  const { caption, parse_mode } = payload
  const type = TYPES[method]?.type ?? ''
  return { type, media: payload[type], caption, parse_mode }
}

function fits(album: readonly AlbumPart[], item: AlbumPart): boolean {
  const family = TYPES[item.method]?.family
  return family !== undefined && album.length < MOST_PARTS && album.every(({ method }) => TYPES[method]?.family === family)
}

/** Word for word as the index of what waits says it. What was tried already may have arrived, and takes no further part. */
const WAITING = sql<boolean>`lane in ('reply', 'bulk', 'setup') and state in ('queued', 'sending') and state = 'queued' and attempts = 0`

async function findWaiting(tx: Tx, chatId: number, lane: Lane, promptKey: string) {
  // The newest one: where a row is full, the parts after it go on in the next.
  const { rows } = await sql<{ id: number; payload: string; on_sent: string | null }>`
    select id, payload, on_sent from outbox
    where ${WAITING} and lane = ${lane} and chat_id = ${chatId} and prompt_key = ${promptKey} and method = 'sendMediaGroup'
    order by id desc limit 1 ${rowLock(tx, 'update', 'outbox')}`.execute(tx)
  const [row] = rows
  if (!row) return undefined
  return { id: row.id, payload: JSON.parse(row.payload) as AlbumPayload, onSent: readOnSent(row.on_sent) }
}

/** The work of each part, in order. */
const readOnSent = (text: string | null) => JSON.parse(text ?? '[]') as readonly (OnSent | null)[]
