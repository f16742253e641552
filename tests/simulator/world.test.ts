import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStage } from './fixture.ts'
import type { Stage } from './fixture.ts'
import type { World } from '../../src/simulator/world.ts'

let stage: Stage
let world: World
let sari: number
beforeEach(async () => {
  stage = await openStage()
  world = stage.simulator.world
  sari = stage.sari.id
})
afterEach(() => stage.simulator.close())

const send = (params: object, chat = sari) => stage.result('sendMessage', { chat_id: chat, text: 'halo', ...params })
/** What waits for the bot. */
const heard = () => world.updates()

describe('a person', () => {
  it('sends what an app sends, and the bot hears it as Telegram tells it', () => {
    world.start(sari, 'a_B-9')
    const first = world.sendText(sari, sari, ' tolong @klinik_bot ')
    world.sendText(sari, sari, 'ini', { replyTo: first })
    world.editText(sari, sari, first, 'tolong')
    world.sendContact(sari, sari, { phoneNumber: '+6281234567890' })
    world.sendContact(sari, sari, { phoneNumber: '+6281', firstName: 'Budi', userId: null })
    world.sendLocation(sari, sari, { latitude: -7.8, longitude: 110.4 })
    world.sendPhoto(sari, sari, { bytes: Buffer.from('x'), width: 30, height: 20, caption: 'toko', mediaGroupId: '7' })
    world.sendVoice(sari, sari, { bytes: Buffer.from('x'), duration: 3 })
    world.sendSticker(sari, sari, '👍')
    expect(heard()).toMatchObject([
      { message: { from: { id: sari, is_bot: false, first_name: 'Sari', language_code: 'id' }, chat: { id: sari, type: 'private' }, text: '/start a_B-9' } },
      { message: { text: 'tolong @klinik_bot', entities: [{ type: 'mention', offset: 7, length: 11 }] } },
      { message: { text: 'ini', reply_to_message: { message_id: first } } },
      { edited_message: { message_id: first, text: 'tolong', edit_date: stage.clock.now / 1000 } },
      { message: { contact: { phone_number: '+6281234567890', first_name: 'Sari', user_id: sari } } },
      { message: { contact: { phone_number: '+6281', first_name: 'Budi' } } },
      { message: { location: { latitude: -7.8, longitude: 110.4 } } },
      { message: { photo: [{ width: 30, height: 20 }], caption: 'toko', media_group_id: '7' } },
      { message: { voice: { duration: 3, mime_type: 'audio/ogg' } } },
      { message: { sticker: { emoji: '👍' } } },
    ])
    const [, , , , own, foreign] = world.updates()
    expect(own?.message?.contact?.user_id).toBe(sari)
    expect(foreign?.message?.contact).not.toHaveProperty('user_id')
  })

  it('sends a text over 4096 characters in pieces, as apps do', () => {
    world.sendText(sari, sari, 'a'.repeat(5000))
    expect(world.updates().map(({ message }) => message?.text?.length)).toEqual([4096, 904])
  })

  it('blocks and unblocks the bot, and can write only when unblocked', async () => {
    world.blockBot(sari)
    expect(() => world.sendText(sari, sari, 'halo')).toThrow(/unblockBot/)
    expect(await stage.refusal('sendChatAction', { chat_id: sari, action: 'typing' })).toBe('Forbidden: bot was blocked by the user')
    world.start(sari)
    expect(heard()).toMatchObject([
      { my_chat_member: { from: { id: sari }, old_chat_member: { status: 'member' }, new_chat_member: { status: 'kicked' } } },
      { my_chat_member: { new_chat_member: { status: 'member' } } },
      { message: { text: '/start' } },
    ])
    await send({})
  })

  it('deletes messages without the bot hearing of it', () => {
    const id = world.sendText(sari, sari, 'rahasia')
    const before = world.pendingUpdates()
    world.deleteMessage(sari, sari, id)
    expect(world.pendingUpdates()).toBe(before)
    expect(world.messages(sari).map(({ text }) => text)).not.toContain('rahasia')
    expect(world.messages(sari, { withDeleted: true }).at(-1)).toMatchObject({ text: 'rahasia', deleted: true })
  })

  it.each([
    ['an unknown person writes', () => world.sendText(5, 5, 'a'), /addPerson/],
    ['a button was never shown', () => world.tapButton(sari, sari, 1, 'a'), /no message 1 of the bot/],
    ['a start link could not exist', () => world.start(sari, 'a b'), /1-64 of A-Za-z0-9_-/],
    ['an id is taken', () => world.addPerson({ id: sari, firstName: 'Lain' }), /already has the id/],
  ])('a scene in which %s is the developer\'s mistake', (_name, scene, message) => {
    expect(scene).toThrow(message)
  })
})

describe('a tap', () => {
  it('works on a button shown earlier, as on a slow phone, and carries any data only when forged', async () => {
    const rows = (data: string) => ({ inline_keyboard: [[{ text: 'Ya', callback_data: data }]] })
    const { message_id: id } = await send({ reply_markup: rows('lama') })
    await stage.result('editMessageReplyMarkup', { chat_id: sari, message_id: id, reply_markup: rows('baru') })
    world.tapButton(sari, sari, id, 'lama')
    expect(() => world.tapButton(sari, sari, id, 'asing')).toThrow(/lama, baru/)
    const tap = world.tapButton(sari, sari, id, 'asing', { forged: true })
    expect(heard()).toMatchObject([{ callback_query: { data: 'lama' } }, { callback_query: { id: tap.id, data: 'asing', message: { message_id: id } } }])
    await stage.result('answerCallbackQuery', { callback_query_id: tap.id, text: 'Hm', show_alert: true })
    expect(await world.tap(tap.id).answered).toEqual({ text: 'Hm', showAlert: true })
  })
})

describe('the reply keyboard', () => {
  const keyboard = (text: string, more: object = {}) => ({ reply_markup: { keyboard: [[{ text }]], ...more } })
  const shown = () => world.replyKeyboard(sari, sari)

  it('is replaced by the next one, untouched by inline keyboards and plain messages, gone when removed', async () => {
    expect(shown()).toBeUndefined()
    await send(keyboard('Daftar', { is_persistent: true, resize_keyboard: true, input_field_placeholder: 'Pilih' }))
    expect(shown()).toEqual({ buttons: [[{ text: 'Daftar' }]], isPersistent: true, oneTime: false, resize: true, placeholder: 'Pilih', hidden: false })
    await send({ reply_markup: { inline_keyboard: [[{ text: 'a', callback_data: 'a' }]] } })
    await send({})
    expect(shown()?.buttons).toEqual([[{ text: 'Daftar' }]])
    await send(keyboard('Lewati'))
    expect(shown()?.buttons).toEqual([[{ text: 'Lewati' }]])
    await send({ reply_markup: { remove_keyboard: true } })
    expect(shown()).toBeUndefined()
  })

  it('hides after use when it is for one time', async () => {
    await send(keyboard('Ya', { one_time_keyboard: true }))
    world.sendText(sari, sari, 'lain')
    expect(shown()?.hidden).toBe(false)
    world.sendText(sari, sari, 'Ya')
    expect(shown()?.hidden).toBe(true)
  })

  it('reaches everyone in a group, or those addressed when it is selective', async () => {
    const budi = world.addPerson({ firstName: 'Budi', username: 'budi99' }).id
    const group = world.addGroup({ title: 'Warga', type: 'group', members: [sari, budi] }).id
    await send(keyboard('Semua'), group)
    await send({ ...keyboard('Budi', { selective: true }), text: 'halo @budi99' }, group)
    expect(world.replyKeyboard(sari, group)?.buttons).toEqual([[{ text: 'Semua' }]])
    expect(world.replyKeyboard(budi, group)?.buttons).toEqual([[{ text: 'Budi' }]])
  })
})

describe('a group', () => {
  it('tells the bot, in privacy mode, only what is meant for it', async () => {
    const group = world.addGroup({ title: 'Warga', type: 'supergroup', members: [sari] }).id
    const { message_id: question } = await send({}, group)
    const lines: readonly [string, number?][] = [
      ['selamat pagi'], ['/tips'], ['/tips@klinik_bot'], ['/tips@lain_bot'], ['halo @Klinik_Bot'], ['halo @lain_bot'], ['ya', question],
    ]
    for (const [text, replyTo] of lines) world.sendText(sari, group, text, replyTo === undefined ? {} : { replyTo })
    const texts = () => world.updates().flatMap(({ message }) => message?.text ?? [])
    expect(texts()).toEqual(['/tips', '/tips@klinik_bot', 'halo @Klinik_Bot', 'ya'])
    world.setBotStanding(group, 'administrator')
    world.sendText(sari, group, 'selamat pagi')
    expect(texts().at(-1)).toBe('selamat pagi')
  })

  it('tells of the bot\'s coming and going, of people\'s, and of its upgrade', async () => {
    const budi = world.addPerson({ firstName: 'Budi' }).id
    const group = world.addGroup({ title: 'Warga', type: 'group', members: [sari] }).id
    world.joinGroup(budi, group)
    world.leaveGroup(budi, group)
    const upgraded = world.upgradeGroup(group)
    world.kickBot(upgraded)
    world.sendText(sari, upgraded, '/tips')
    expect(heard()).toMatchObject([
      { my_chat_member: { chat: { id: group, type: 'group', title: 'Warga' }, old_chat_member: { status: 'left' }, new_chat_member: { status: 'member' } } },
      { message: { new_chat_members: [{ username: 'klinik_bot' }] } },
      { message: { new_chat_members: [{ id: budi }] } },
      { message: { left_chat_member: { id: budi } } },
      { message: { chat: { id: group }, migrate_to_chat_id: upgraded } },
      { message: { chat: { id: upgraded, type: 'supergroup' }, migrate_from_chat_id: group } },
      { my_chat_member: { chat: { id: upgraded }, new_chat_member: { status: 'kicked' } } },
    ])
    expect(() => world.sendText(sari, group, 'halo')).toThrow(/became/)
    expect(await stage.refusal('getChatMember', { chat_id: upgraded, user_id: sari })).toMatch(/kicked/)
  })
})

describe('what a person sees around the chat', () => {
  it('is the command list of the narrowest scope in their language', async () => {
    const set = (command: string, scope: object, languageCode?: string) => stage.result('setMyCommands', {
      commands: [{ command, description: 'a' }], scope, ...(languageCode === undefined ? {} : { language_code: languageCode }),
    })
    const menu = (language?: string) => world.menuCommands(sari, sari, language).map(({ command }) => command)
    expect(menu()).toEqual([])
    await set('umum', { type: 'default' })
    await set('pribadi', { type: 'all_private_chats' })
    await set('private', { type: 'all_private_chats' }, 'en')
    expect([menu(), menu('en')]).toEqual([['pribadi'], ['private']])
    await set('relawan', { type: 'chat', chat_id: sari })
    expect([menu(), menu('en')]).toEqual([['relawan'], ['relawan']])
    await stage.result('deleteMyCommands', { scope: { type: 'chat', chat_id: sari } })
    expect(menu()).toEqual(['pribadi'])
    const group = world.addGroup({ title: 'Warga', type: 'group', members: [sari] }).id
    expect(world.menuCommands(sari, group).map(({ command }) => command)).toEqual(['umum'])
    expect(await stage.result('getMyCommands', { scope: { type: 'all_private_chats' }, language_code: 'en' })).toEqual([{ command: 'private', description: 'a' }])
  })

  it('is "typing" for five seconds, or until the message comes', async () => {
    await stage.result('sendChatAction', { chat_id: sari, action: 'typing' })
    expect(world.typing(sari)).toBe('typing')
    stage.clock.now += 5000
    expect(world.typing(sari)).toBeUndefined()
    await stage.result('sendChatAction', { chat_id: sari, action: 'upload_photo' })
    await send({})
    expect(world.typing(sari)).toBeUndefined()
  })

  it('keeps copies without their keyboard, forwards marked, albums together', async () => {
    const { message_id: id } = await send({ text: 'asli', reply_markup: { inline_keyboard: [[{ text: 'a', callback_data: 'a' }]] } })
    await stage.result('copyMessage', { chat_id: sari, from_chat_id: sari, message_id: id })
    await stage.result('forwardMessage', { chat_id: sari, from_chat_id: sari, message_id: id })
    const [copy, forward] = world.messages(sari).slice(-2)
    expect(copy).toMatchObject({ text: 'asli', forwarded: false })
    expect(copy).not.toHaveProperty('inlineKeyboard')
    expect(forward).toMatchObject({ text: 'asli', forwarded: true })
    expect(await stage.refusal('editMessageText', { chat_id: sari, message_id: forward!.messageId, text: 'lain' })).toMatch(/can't be edited/)

    const document = world.sendDocument(sari, sari, { bytes: Buffer.from('x'), fileName: 'a.csv' })
    const { fileId } = world.message(sari, document).file!
    const media = { type: 'document', media: fileId }
    expect(await stage.result('sendMediaGroup', { chat_id: sari, media: [media, media] })).toHaveLength(2)
    const [first, second] = world.messages(sari).slice(-2)
    expect(first?.mediaGroupId).toBeDefined()
    expect(second?.mediaGroupId).toBe(first?.mediaGroupId)
    expect(await stage.refusal('sendMediaGroup', { chat_id: sari, media: [media] })).toMatch(/too few/)
  })
})

it('knows the bot, chats and members, and what the bot says of itself', async () => {
  expect(await stage.result('getMe')).toMatchObject({ id: 700_000_001, is_bot: true, username: 'klinik_bot', can_read_all_group_messages: false })
  const group = world.addGroup({ title: 'Warga', type: 'group', members: [sari] }).id
  const member = (user: number) => stage.result('getChatMember', { chat_id: group, user_id: user })
  expect(await stage.result('getChat', { chat_id: group })).toMatchObject({ id: group, type: 'group', title: 'Warga' })
  expect(await stage.result('getChat', { chat_id: sari })).toMatchObject({ id: sari, type: 'private', first_name: 'Sari' })
  expect(await member(sari)).toMatchObject({ status: 'member', user: { id: sari } })
  expect(await member(world.addPerson({ firstName: 'Luar' }).id)).toMatchObject({ status: 'left' })
  expect(await stage.result('getChatMemberCount', { chat_id: group })).toBe(2)

  await stage.result('setMyDescription', { description: 'Klinik usaha' })
  await stage.result('setMyDescription', { description: 'Business clinic', language_code: 'en' })
  const description = (code: string) => stage.result('getMyDescription', { language_code: code })
  expect([await description('en'), await description('id')]).toEqual([{ description: 'Business clinic' }, { description: 'Klinik usaha' }])
  expect(await stage.refusal('setMyShortDescription', { short_description: 'a'.repeat(121) })).toMatch(/too long/)
  await stage.result('setChatMenuButton', { menu_button: { type: 'commands' } })
  expect(await stage.result('getChatMenuButton')).toEqual({ type: 'commands' })

  await stage.result('leaveChat', { chat_id: group })
  expect(heard().at(-1)).toMatchObject({ my_chat_member: { from: { is_bot: true }, new_chat_member: { status: 'left' } } })
  expect(await stage.refusal('sendMessage', { chat_id: group, text: 'a' })).toBe('Forbidden: bot is not a member of the group chat')
})

it('tells its watchers what changed, until they stop', async () => {
  const changes: string[] = []
  const stop = world.onChange(({ type }) => changes.push(type))
  await send({ reply_markup: { keyboard: [[{ text: 'a' }]] } })
  expect(changes).toEqual(['message', 'keyboard', 'calls'])
  stop()
  await send({})
  expect(changes).toHaveLength(3)
})
