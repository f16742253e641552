// What the page may ask for: the closed list of deeds, and doing one of them in the world. It must not know HTTP.

import sharp from 'sharp'
import { z } from 'zod'
import type { Fault, Simulator } from '../world.ts'
import { present } from '../state.ts'
import { silentVoiceNote } from './voice.ts'

const HOUR_MS = 3_600_000
/** Telegram's limits: 4096 characters of text, 64 bytes of callback data, 64 characters of a start payload. */
const id = z.int()
const place = { person: id, chat: id }
const sent = { ...place, replyTo: id.optional() }
const caption = z.string().max(1024).optional()
const text = z.string().min(1).max(4096)

const PageAct = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('start'), person: id, payload: z.string().regex(/^[\w-]{1,64}$/).optional() }),
  z.strictObject({ do: z.literal('text'), ...sent, text }),
  z.strictObject({ do: z.literal('edit'), ...place, message: id, text }),
  z.strictObject({ do: z.literal('delete'), ...place, message: id }),
  z.strictObject({ do: z.literal('tap'), ...place, message: id, data: z.string().min(1).max(64) }),
  z.strictObject({
    do: z.literal('contact'),
    ...sent,
    phoneNumber: z.string().regex(/^\+?[\d -]{5,20}$/),
    firstName: z.string().max(64).optional(),
    /** Whether it is the sender's own number; a stranger's contact carries no Telegram account. */
    own: z.boolean(),
  }),
  z.strictObject({
    do: z.literal('location'),
    ...sent,
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
  }),
  z.strictObject({ do: z.literal('photo'), ...sent, base64: z.base64(), caption }),
  z.strictObject({ do: z.literal('album'), ...sent, photos: z.array(z.base64()).min(2).max(10), caption }),
  z.strictObject({
    do: z.literal('video'),
    ...sent,
    as: z.enum(['video', 'video_note', 'animation']),
    base64: z.base64(),
    mimeType: z.enum(['video/mp4', 'video/webm']),
    caption,
  }),
  z.strictObject({
    do: z.literal('document'),
    ...sent,
    base64: z.base64(),
    fileName: z.string().min(1).max(255),
    mimeType: z.string().max(127),
    caption,
  }),
  z.strictObject({ do: z.literal('voice'), ...sent, seconds: z.int().min(1).max(300) }),
  z.strictObject({ do: z.literal('sticker'), ...sent, emoji: z.string().min(1).max(16) }),
  z.strictObject({ do: z.literal('block'), person: id }),
  z.strictObject({ do: z.literal('unblock'), person: id }),
  /** A setting of the person's app: voice and video notes from strangers. */
  z.strictObject({ do: z.literal('refuse-voice'), person: id, on: z.boolean() }),
  z.strictObject({ do: z.literal('add-person'), firstName: z.string().trim().min(1).max(64) }),
  z.strictObject({ do: z.literal('add-group'), title: z.string().trim().min(1).max(128), members: z.array(id).min(1) }),
  z.strictObject({ do: z.literal('join'), ...place }),
  z.strictObject({ do: z.literal('leave'), ...place }),
  /** A member lets the bot into the group or throws it out. */
  z.strictObject({ do: z.literal('bot-membership'), ...place, member: z.boolean() }),
  z.strictObject({ do: z.literal('advance'), hours: z.int().min(1).max(24 * 31) }),
  z.strictObject({ do: z.literal('switch'), fault: z.enum(['outage', 'duplicates', 'floods', 'slow']), on: z.boolean() }),
  z.strictObject({
    do: z.literal('fail-next'),
    fault: z.enum(['429', '500', 'timeout', 'drop-after-apply']),
    times: z.int().min(1).max(20),
  }),
  z.strictObject({ do: z.literal('clear-faults') }),
])

export type PageAct = z.infer<typeof PageAct>

/** `made`: the id of the message, tap, person or group that came of it. */
export type ActOutcome =
  | { readonly type: 'done'; readonly made?: number | string }
  | { readonly type: 'refused'; readonly reason: 'unreadable-photo' | 'clock-fixed' | 'not-now'; readonly detail?: string }

const FAULTS: Readonly<Record<'429' | '500' | 'timeout' | 'drop-after-apply', Fault>> = {
  429: { status: 429, retryAfter: 5 },
  500: { status: 500 },
  timeout: 'timeout',
  'drop-after-apply': 'drop-after-apply',
}
/** Of the film the page records, pixels. */
const FILM_SIDES = { width: 960, height: 720 }
/** How long every answer takes while 'slow' is on, ms: a poor village network. */
const SLOW_MS = 1500

/** Reads a request body; undefined when it is none of the deeds. */
export function parseAct(body: unknown): PageAct | undefined {
  return PageAct.safeParse(body).data
}

/** Does one deed. What the world cannot do at this moment (a button that is gone) comes back as a refusal. */
export async function performAct(simulator: Simulator, act: PageAct): Promise<ActOutcome> {
  try {
    return await perform(simulator, act)
  } catch (error) {
    return { type: 'refused', reason: 'not-now', detail: error instanceof Error ? error.message : String(error) }
  }
}

/** A photo with its sides; undefined when it is none. */
async function readPhoto(base64: string) {
  const bytes = Buffer.from(base64, 'base64')
  const picture = await sharp(bytes).metadata().catch(() => undefined)
  if (picture?.format !== 'jpeg' && picture?.format !== 'png') return undefined
  return { bytes, mimeType: `image/${picture.format}`, width: picture.width, height: picture.height }
}

async function perform({ world, faults, options }: Simulator, act: PageAct): Promise<ActOutcome> {
  const done = (made?: number | string): ActOutcome => (made === undefined ? { type: 'done' } : { type: 'done', made })
  switch (act.do) {
    case 'start':
      return done(world.start(act.person, act.payload))
    case 'text':
      return done(world.sendText(act.person, act.chat, act.text, present({ replyTo: act.replyTo })))
    case 'edit':
      world.editText(act.person, act.chat, act.message, act.text)
      return done()
    case 'delete':
      world.deleteMessage(act.person, act.chat, act.message)
      return done()
    case 'tap':
      return done(world.tapButton(act.person, act.chat, act.message, act.data).id)
    case 'contact':
      return done(world.sendContact(act.person, act.chat, {
        phoneNumber: act.phoneNumber,
        ...(act.firstName === undefined ? {} : { firstName: act.firstName }),
        userId: act.own ? act.person : null,
      }, present({ replyTo: act.replyTo })))
    case 'location':
      return done(world.sendLocation(act.person, act.chat, { latitude: act.latitude, longitude: act.longitude }, present({ replyTo: act.replyTo })))
    case 'photo': {
      const photo = await readPhoto(act.base64)
      if (!photo) return { type: 'refused', reason: 'unreadable-photo' }
      return done(world.sendPhoto(act.person, act.chat, { ...photo, ...present({ caption: act.caption, replyTo: act.replyTo }) }))
    }
    case 'album': {
      const photos = await Promise.all(act.photos.map(readPhoto))
      const items = photos.flatMap((photo, index) => (photo ? [{ ...photo, kind: 'photo' as const, ...present({ caption: index === 0 ? act.caption : undefined, replyTo: act.replyTo }) }] : []))
      if (items.length < photos.length) return { type: 'refused', reason: 'unreadable-photo' }
      return done(world.sendAlbum(act.person, act.chat, items)[0])
    }
    case 'video': {
      const film = { bytes: Buffer.from(act.base64, 'base64'), mimeType: act.mimeType, ...FILM_SIDES, ...present({ caption: act.caption, replyTo: act.replyTo }) }
      if (act.as === 'video') return done(world.sendVideo(act.person, act.chat, film))
      return done(act.as === 'animation' ? world.sendAnimation(act.person, act.chat, film) : world.sendVideoNote(act.person, act.chat, film))
    }
    case 'document': {
      const mimeType = act.mimeType === '' ? 'application/octet-stream' : act.mimeType
      const file = { bytes: Buffer.from(act.base64, 'base64'), fileName: act.fileName, mimeType, ...present({ caption: act.caption, replyTo: act.replyTo }) }
      // Telegram's apps send music as music.
      return done(mimeType.startsWith('audio/') ? world.sendAudio(act.person, act.chat, file) : world.sendDocument(act.person, act.chat, file))
    }
    case 'voice':
      return done(world.sendVoice(act.person, act.chat, {
        bytes: silentVoiceNote(act.seconds),
        mimeType: 'audio/ogg',
        duration: act.seconds,
        ...present({ replyTo: act.replyTo }),
      }))
    case 'sticker':
      return done(world.sendSticker(act.person, act.chat, act.emoji, present({ replyTo: act.replyTo })))
    case 'refuse-voice':
      world.changePerson(act.person, { refusesVoice: act.on })
      return done()
    case 'block':
      world.blockBot(act.person)
      return done()
    case 'unblock':
      world.unblockBot(act.person)
      return done()
    case 'add-person':
      return done(world.addPerson({ firstName: act.firstName, languageCode: 'id' }).id)
    case 'add-group':
      return done(world.addGroup({ title: act.title, type: 'supergroup', members: act.members }).id)
    case 'join':
      world.joinGroup(act.person, act.chat)
      return done()
    case 'leave':
      world.leaveGroup(act.person, act.chat)
      return done()
    case 'bot-membership':
      world.setBotStanding(act.chat, act.member ? 'member' : 'kicked', act.person)
      return done()
    case 'advance':
      if (options.advance === undefined) return { type: 'refused', reason: 'clock-fixed' }
      await options.advance(act.hours * HOUR_MS)
      return done()
    case 'switch':
      if (act.fault === 'outage') faults.outage(act.on)
      else if (act.fault === 'duplicates') faults.duplicateUpdates(act.on)
      else if (act.fault === 'floods') faults.floods(act.on)
      else faults.delay(act.on ? SLOW_MS : 0)
      return done()
    case 'fail-next':
      faults.next('*', FAULTS[act.fault], act.times)
      return done()
    case 'clear-faults':
      faults.clear()
      return done()
    default:
      return act satisfies never
  }
}
