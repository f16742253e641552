import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { HOUR, openStage, TOKEN } from './fixture.ts'
import type { Stage } from './fixture.ts'

let stage: Stage
let chat: number
let strangers: Readonly<Record<'silent' | 'blocked' | 'deleted' | 'met', number>>
let group: number
beforeAll(async () => {
  stage = await openStage()
  chat = stage.sari.id
  const { world } = stage.simulator
  const add = (firstName: string) => world.addPerson({ firstName }).id
  strangers = { silent: add('Diam'), blocked: add('Budi'), deleted: add('Hilang'), met: add('Tamu') }
  for (const id of [strangers.blocked, strangers.deleted]) world.start(id)
  world.blockBot(strangers.blocked)
  world.deletePerson(strangers.deleted)
  group = world.addGroup({ title: 'Warga', type: 'group', members: [strangers.met] }).id
  world.joinGroup(stage.sari.id, group)
})
afterAll(() => stage.simulator.close())

const inline = (button: object) => ({ inline_keyboard: [[button]] })
const keyboard = { keyboard: [[{ text: 'Ya' }]] }

describe('a text', () => {
  it.each([
    ['empty', { text: '' }, 'message text is empty'],
    ['of spaces', { text: ' \n ' }, 'message text is empty'],
    ['with nothing left after parsing', { text: '<b></b>', parse_mode: 'HTML' }, 'message text is empty'],
    ['over 4096 characters', { text: 'a'.repeat(4097) }, 'message is too long'],
    ['with a tag Telegram does not know', { text: 'ab <x>', parse_mode: 'HTML' }, 'can\'t parse entities: Unsupported start tag "x" at byte offset 3'],
    ['in an unknown parse mode', { text: 'a', parse_mode: 'BBCode' }, 'unsupported parse_mode'],
    ['with two spaces for a button', { text: 'a', reply_markup: inline({ text: '  ', callback_data: 'a' }) }, 'inline keyboard button text must be non-empty'],
    ['with a button that does nothing', { text: 'a', reply_markup: inline({ text: 'a' }) }, "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"],
    ['with callback data over 64 bytes', { text: 'a', reply_markup: inline({ text: 'a', callback_data: 'é'.repeat(33) }) }, 'BUTTON_DATA_INVALID'],
    ['with empty callback data', { text: 'a', reply_markup: inline({ text: 'a', callback_data: '' }) }, 'BUTTON_DATA_INVALID'],
    ['with a button of two kinds', { text: 'a', reply_markup: inline({ text: 'a', callback_data: 'a', url: 'https://a.id' }) }, 'BUTTON_TYPE_INVALID'],
    ['with a link to this computer', { text: 'a', reply_markup: inline({ text: 'a', url: 'http://localhost:3000' }) }, "inline keyboard button URL 'http://localhost:3000' is invalid: Wrong HTTP URL"],
    ['with an empty keyboard button', { text: 'a', reply_markup: { keyboard: [[{ text: '' }]] } }, 'keyboard button text must be non-empty'],
    ['with rows that are no rows', { text: 'a', reply_markup: { keyboard: [{ text: 'a' }] } }, 'field "keyboard" of the ReplyKeyboardMarkup must be an Array of Arrays'],
    ['with markup that is no object', { text: 'a', reply_markup: '[]' }, 'object expected as reply markup'],
    ['in answer to nothing', { text: 'a', reply_parameters: { message_id: 9999 } }, 'message to be replied not found'],
    ['in a topic', { text: 'a', message_thread_id: 3 }, 'message thread not found'],
  ])('%s is refused', async (_name, params, reason) => {
    const before = stage.simulator.world.messages(chat).length
    expect(await stage.call('sendMessage', { chat_id: chat, ...params })).toEqual({ ok: false, error_code: 400, description: `Bad Request: ${reason}` })
    expect(stage.simulator.world.messages(chat)).toHaveLength(before)
  })

  it.each([
    ['of 4096 characters', { text: '😀'.repeat(4096) }],
    ['longer only before parsing', { text: `<b>${'a'.repeat(4090)}</b>&lt;`, parse_mode: 'HTML' }],
    ['with 64 bytes of callback data', { text: 'a', reply_markup: inline({ text: 'a', callback_data: 'a'.repeat(64) }) }],
    ['in answer to nothing when that is allowed', { text: 'a', reply_parameters: { message_id: 9999, allow_sending_without_reply: true } }],
  ])('%s is taken', async (_name, params) => {
    expect(await stage.call('sendMessage', { chat_id: chat, ...params })).toMatchObject({ ok: true })
  })
})

describe('a chat', () => {
  it.each([
    ['unknown to Telegram', () => 424_242, 400, 'Bad Request: chat not found'],
    ['of a person who never met the bot', () => strangers.silent, 400, 'Bad Request: chat not found'],
    ['of a person met in a group alone', () => strangers.met, 403, "Forbidden: bot can't initiate conversation with a user"],
    ['of a person who blocked the bot', () => strangers.blocked, 403, 'Forbidden: bot was blocked by the user'],
    ['of a deleted account', () => strangers.deleted, 403, 'Forbidden: user is deactivated'],
    ['without an id', () => '', 400, 'Bad Request: chat_id is empty'],
  ])('%s is refused', async (_name, id, code, description) => {
    expect(await stage.call('sendMessage', { chat_id: id(), text: 'halo' })).toEqual({ ok: false, error_code: code, description })
  })

  it('follows a group through its standings and its upgrade', async () => {
    const { world } = stage.simulator
    const say = () => stage.call('sendMessage', { chat_id: group, text: 'halo' })
    world.setBotStanding(group, 'muted')
    expect(await say()).toMatchObject({ error_code: 400, description: 'Bad Request: not enough rights to send text messages to the chat' })
    world.kickBot(group)
    expect(await say()).toMatchObject({ error_code: 403, description: 'Forbidden: bot was kicked from the group chat' })
    world.setBotStanding(group, 'member')
    const newId = world.upgradeGroup(group)
    expect(await say()).toEqual({
      ok: false, error_code: 400, description: 'Bad Request: group chat was upgraded to a supergroup chat', parameters: { migrate_to_chat_id: newId },
    })
    expect(await stage.call('sendMessage', { chat_id: newId, text: 'halo' })).toMatchObject({ ok: true })
    world.kickBot(newId)
    expect(await stage.refusal('sendMessage', { chat_id: newId, text: 'halo' })).toBe('Forbidden: bot was kicked from the supergroup chat')
  })

  it('refuses a phone request in a group and a voice note to those who want none', async () => {
    const { world } = stage.simulator
    const id = world.addGroup({ title: 'Pasar', type: 'supergroup', members: [chat] }).id
    expect(await stage.refusal('sendMessage', {
      chat_id: id, text: 'a', reply_markup: { keyboard: [[{ text: 'Kirim nomor', request_contact: true }]] },
    })).toBe('Bad Request: phone number can be requested in private chats only')
    const quiet = world.addPerson({ firstName: 'Sunyi', refusesVoice: true }).id
    world.start(quiet)
    expect(await upload('sendVoice', { chat_id: String(quiet) }, 'voice', Buffer.from('OggS'))).toBe('Bad Request: VOICE_MESSAGES_FORBIDDEN')
  })
})

describe('an edit', () => {
  let message: number
  beforeEach(async () => {
    message = (await stage.result('sendMessage', { chat_id: chat, text: 'satu', reply_markup: inline({ text: 'a', callback_data: 'a' }) })).message_id
  })
  const edit = (params: object, method = 'editMessageText') => stage.refusal(method, { chat_id: chat, message_id: message, text: 'dua', ...params })

  it('that changes nothing is refused, and so is the same one twice', async () => {
    const same = 'Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message'
    expect(await edit({ text: 'satu', reply_markup: inline({ text: 'a', callback_data: 'a' }) })).toBe(same)
    expect(await edit({ text: 'satu' })).toBeUndefined()
    expect(await edit({ text: 'satu' })).toBe(same)
    expect(await edit({}, 'editMessageReplyMarkup')).toBe(same)
  })

  it.each([
    ['of an unknown message', { message_id: 9999 }, 'message to edit not found'],
    ['of a person\'s message', { message_id: 1 }, "message can't be edited"],
    ['that is too long', { text: 'a'.repeat(4097) }, 'MESSAGE_TOO_LONG'],
    ['with a reply keyboard', { reply_markup: keyboard }, 'inline keyboard expected'],
  ])('%s is refused', async (_name, params, reason) => {
    expect(await edit(params)).toBe(`Bad Request: ${reason}`)
  })

  it('by the wrong method is refused, as is one of a message that came with a reply keyboard', async () => {
    expect(await edit({ caption: 'a' }, 'editMessageCaption')).toBe('Bad Request: there is no caption in the message to edit')
    const { message_id: menu } = await stage.result('sendMessage', { chat_id: chat, text: 'menu', reply_markup: keyboard })
    expect(await edit({ message_id: menu })).toBe("Bad Request: message can't be edited")
  })

  it('of a picture takes a caption, not a text', async () => {
    const png = await sharp({ create: { width: 20, height: 10, channels: 3, background: 'red' } }).png().toBuffer()
    await upload('sendPhoto', { chat_id: String(chat) }, 'photo', png)
    const { messageId } = stage.simulator.world.messages(chat).at(-1)!
    expect(await edit({ message_id: messageId })).toBe('Bad Request: there is no text in the message to edit')
    expect(await edit({ message_id: messageId, caption: 'a'.repeat(1025) }, 'editMessageCaption')).toBe('Bad Request: MEDIA_CAPTION_TOO_LONG')
  })
})

describe('taking back, copying and answering', () => {
  it('a message can be deleted once, within 48 hours', async () => {
    const send = async () => (await stage.result('sendMessage', { chat_id: chat, text: 'a' })).message_id
    const [first, second] = [await send(), await send()]
    const remove = (id: number) => stage.refusal('deleteMessage', { chat_id: chat, message_id: id })
    expect(await remove(first)).toBeUndefined()
    expect(stage.simulator.world.messages(chat).map(({ messageId }) => messageId)).not.toContain(first)
    expect(await remove(first)).toBe('Bad Request: message to delete not found')
    stage.clock.now += 48 * HOUR + 1
    expect(await remove(second)).toBe("Bad Request: message can't be deleted for everyone")
  })

  it.each([
    ['copyMessage', 'message to copy not found'],
    ['forwardMessage', 'message to forward not found'],
  ])('%s of a deleted message is refused', async (method, reason) => {
    expect(await stage.refusal(method, { chat_id: chat, from_chat_id: chat, message_id: 9999 })).toBe(`Bad Request: ${reason}`)
  })

  it('a tap is answered once and in time', async () => {
    const tooOld = 'Bad Request: query is too old and response timeout expired or query ID is invalid'
    const { message_id: id } = await stage.result('sendMessage', { chat_id: chat, text: 'a', reply_markup: inline({ text: 'a', callback_data: 'a' }) })
    const answer = (tap: string) => stage.refusal('answerCallbackQuery', { callback_query_id: tap })
    const tap = stage.simulator.world.tapButton(chat, chat, id, 'a')
    expect(await answer(tap.id)).toBeUndefined()
    expect(await answer(tap.id)).toBe(tooOld)
    const late = stage.simulator.world.tapButton(chat, chat, id, 'a')
    stage.clock.now += 16_000
    expect(await answer(late.id)).toBe(tooOld)
    expect(late.state()).toBe('expired')
    expect(await answer('7')).toBe(tooOld)
  })
})

describe('a file', () => {
  it.each([
    ['that is empty', () => Buffer.alloc(0), 'file must be non-empty'],
    ['that is no picture', () => Buffer.from('halo'), 'IMAGE_PROCESS_FAILED'],
    ['far too wide', () => sharp({ create: { width: 2100, height: 100, channels: 3, background: 'red' } }).png().toBuffer(), 'PHOTO_INVALID_DIMENSIONS'],
  ])('sent as a photo %s is refused', async (_name, bytes, reason) => {
    expect(await upload('sendPhoto', { chat_id: String(chat) }, 'photo', await bytes())).toBe(`Bad Request: ${reason}`)
  })

  it('named by an unknown id, or with a long caption, is refused', async () => {
    expect(await stage.refusal('sendPhoto', { chat_id: chat, photo: 'AgACAgQ' })).toBe('Bad Request: wrong file identifier/HTTP URL specified')
    expect(await stage.refusal('sendPhoto', { chat_id: chat, photo: 'x', caption: 'a'.repeat(1025) })).toBe('Bad Request: message caption is too long')
    expect(await stage.refusal('getFile', { file_id: 'x' })).toBe('Bad Request: invalid file_id')
  })
})

describe('commands', () => {
  it.each([
    ['a capital letter', [{ command: 'Daftar', description: 'a' }], 'BOT_COMMAND_INVALID'],
    ['33 letters', [{ command: 'a'.repeat(33), description: 'a' }], 'BOT_COMMAND_INVALID'],
    ['no description', [{ command: 'a', description: ' ' }], 'command description must be non-empty'],
    ['101 of them', Array.from({ length: 101 }, (_, n) => ({ command: `a${n}`, description: 'a' })), 'BOT_COMMANDS_TOO_MUCH'],
  ])('with %s are refused', async (_name, commands, reason) => {
    expect(await stage.refusal('setMyCommands', { commands })).toBe(`Bad Request: ${reason}`)
  })

  it('for a chat the bot does not know are refused', async () => {
    expect(await stage.refusal('setMyCommands', {
      commands: [{ command: 'a', description: 'a' }], scope: { type: 'chat', chat_id: 424_242 },
    })).toBe('Bad Request: chat not found')
  })
})

it('a wrong token, an unknown method and an unreadable body are refused', async () => {
  const { origin } = stage.simulator
  const get = async (path: string) => (await fetch(`${origin}${path}`)).json()
  expect(await get('/bot1:wrong/getMe')).toEqual({ ok: false, error_code: 401, description: 'Unauthorized' })
  expect(await get(`/bot${TOKEN}/sendMoney`)).toEqual({ ok: false, error_code: 404, description: 'Not Found' })
  const body = await fetch(`${origin}/bot${TOKEN}/getMe`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' })
  expect(await body.json()).toMatchObject({ ok: false, error_code: 400 })
})

it('parameters may come in the address or in a form, and method names in any capitals', async () => {
  const { simulator: { origin, world } } = stage
  await fetch(`${origin}/bot${TOKEN}/sendmessage?chat_id=${chat}&text=alamat`)
  await fetch(`${origin}/bot${TOKEN}/SENDMESSAGE`, {
    method: 'POST', body: new URLSearchParams({ chat_id: String(chat), text: 'formulir', reply_markup: JSON.stringify(keyboard) }),
  })
  expect(world.messages(chat).slice(-2).map(({ text }) => text)).toEqual(['alamat', 'formulir'])
  expect(world.replyKeyboard(chat, chat)?.buttons).toEqual([[{ text: 'Ya' }]])
})

/** Sends a file as a browser's form would; answers the description of the refusal. */
async function upload(method: string, fields: Readonly<Record<string, string>>, name: string, bytes: Uint8Array): Promise<string | undefined> {
  const form = new FormData()
  for (const [field, value] of Object.entries(fields)) form.append(field, value)
  form.append(name, new Blob([Uint8Array.from(bytes)]), 'berkas')
  const response = await fetch(`${stage.simulator.origin}/bot${TOKEN}/${method}`, { method: 'POST', body: form })
  return (await response.json() as { description?: string }).description
}
