// Delivery against the strict simulated Telegram: what people see in their chats when things go well and when they do not.
import { expect, it, onTestFinished } from 'vitest'
import type { Dispatcher } from '../../src/delivery/dispatcher.ts'
import { startSimulator } from '../../src/simulator/server.ts'
import type { Simulator } from '../../src/simulator/world.ts'
import { type Bench, createBench, pass, TOKEN } from './bench.ts'

const SARI = 1001

async function open(): Promise<{ bench: Bench; dispatcher: Dispatcher; telegram: Simulator }> {
  const bench = await createBench()
  const telegram = await startSimulator({
    now: () => bench.clock.now(),
    token: TOKEN,
    bot: { firstName: 'Klinik', username: 'klinik_bot' },
  })
  onTestFinished(() => telegram.close())
  telegram.world.addPerson({ id: SARI, firstName: 'Sari' })
  telegram.world.start(SARI)
  return { bench, telegram, dispatcher: bench.dispatcher({ apiRoot: telegram.origin }) }
}

const seen = (telegram: Simulator, chat = SARI): (string | undefined)[] =>
  telegram.world
    .messages(chat)
    .filter((message) => message.from === 'bot')
    .map((message) => message.text)

it('a person sees messages in order, edited and deleted as asked', async () => {
  const { bench, dispatcher, telegram } = await open()
  const reply_markup = { inline_keyboard: [[{ text: 'Batal', callback_data: 'x' }]] }
  const question = await bench.say(SARI, 'Nama?', { payload: { reply_markup } })
  const aside = await bench.say(SARI, 'Sebentar')
  await dispatcher.idle()
  const answered = { text: 'Nama: <b>Sari</b>', parse_mode: 'HTML' }
  await bench.enqueue({ chatId: SARI, method: 'editMessageText', targetId: question, payload: answered })
  await bench.enqueue({ chatId: SARI, method: 'deleteMessage', targetId: aside, payload: {} })
  const commands = [{ command: 'daftar', description: 'Daftar' }]
  const setup = { commands, scope: { type: 'chat', chat_id: SARI } }
  await bench.enqueue({ chatId: SARI, method: 'setMyCommands', lane: 'setup', payload: setup })
  await dispatcher.idle()
  expect(seen(telegram)).toEqual(['Nama: Sari'])
  expect(telegram.world.menuCommands(SARI, SARI)).toEqual(commands)
  expect(dispatcher.stats()).toMatchObject({ sent: 5, retried: 0, dead: 0 })
})

it('keeps to the pace Telegram allows: never once asked to wait', async () => {
  const { bench, dispatcher, telegram } = await open()
  telegram.faults.floods(true)
  const people = Array.from({ length: 70 }, (_, i) => 2000 + i)
  for (const id of people) {
    telegram.world.addPerson({ id, firstName: 'Ibu' })
    telegram.world.start(id)
    await bench.say(id, 'Tips minggu ini', { lane: 'bulk' })
  }
  const group = telegram.world.addGroup({ title: 'Relawan', type: 'supergroup', members: people.slice(0, 2) })
  for (let i = 0; i < 25; i += 1) await bench.say(group.id, `kasus ${i}`)
  for (let i = 0; i < 8; i += 1) await bench.say(SARI, `pesan ${i}`)
  await dispatcher.idle()
  await pass(bench, dispatcher, 70_000, 200)
  expect(seen(telegram)).toEqual(Array.from({ length: 8 }, (_, i) => `pesan ${i}`))
  expect(seen(telegram, group.id)).toEqual(Array.from({ length: 25 }, (_, i) => `kasus ${i}`))
  for (const id of people) expect(seen(telegram, id)).toEqual(['Tips minggu ini'])
  expect(dispatcher.stats()).toMatchObject({ sent: 103, retried: 0, dead: 0, unknown: 0 })
})

it('an answer lost on the way back repeats a reply once, and a bulk message never', async () => {
  const { bench, dispatcher, telegram } = await open()
  telegram.faults.next('sendMessage', 'drop-after-apply')
  await bench.say(SARI, 'balasan')
  await pass(bench, dispatcher, 2000)
  expect(seen(telegram)).toEqual(['balasan', 'balasan'])
  telegram.faults.next('sendMessage', 'drop-after-apply')
  const tip = await bench.say(SARI, 'tips', { lane: 'bulk' })
  await pass(bench, dispatcher, 10_000)
  expect(seen(telegram)).toEqual(['balasan', 'balasan', 'tips'])
  expect(await bench.row(tip)).toMatchObject({ state: 'unknown' })
})

it('an outage delays what is said and loses nothing', async () => {
  const { bench, dispatcher, telegram } = await open()
  telegram.faults.outage(true)
  for (let i = 0; i < 3; i += 1) await bench.say(SARI, `pesan ${i}`)
  await pass(bench, dispatcher, 600_000, 10_000)
  expect(seen(telegram)).toEqual([])
  telegram.faults.outage(false)
  await pass(bench, dispatcher, 300_000, 10_000)
  expect(seen(telegram)).toEqual(['pesan 0', 'pesan 1', 'pesan 2'])
})

it('a person who blocked the bot is marked, and gets nothing old after coming back', async () => {
  const { bench, dispatcher, telegram } = await open()
  const at = bench.clock.now()
  await bench.read((tx) => tx.insertInto('person').values({ telegram_id: SARI, created_at: at, last_seen_at: at }).execute())
  telegram.world.blockBot(SARI)
  await bench.say(SARI, 'lama')
  await bench.say(SARI, 'lama juga')
  await pass(bench, dispatcher, 1000)
  const row = await bench.read((tx) => tx.selectFrom('person').select('unreachable_at').executeTakeFirstOrThrow())
  expect(row.unreachable_at).toBeGreaterThanOrEqual(at)
  telegram.world.start(SARI)
  await bench.say(SARI, 'selamat datang kembali')
  await pass(bench, dispatcher, 2000)
  expect(seen(telegram)).toEqual(['selamat datang kembali'])
})

it('a group that became a supergroup gets what was meant for it', async () => {
  const { bench, dispatcher, telegram } = await open()
  const group = telegram.world.addGroup({ title: 'Relawan', type: 'group', members: [SARI] })
  const newId = telegram.world.upgradeGroup(group.id)
  await bench.say(group.id, 'kasus 1')
  await bench.say(group.id, 'kasus 2')
  await pass(bench, dispatcher, 1000)
  expect(seen(telegram, newId).filter((text) => text?.startsWith('kasus'))).toEqual(['kasus 1', 'kasus 2'])
})
