// Telegram brings updates twice, in one batch, in later ones and after a restart, and those of many people through each other: each counts once.
import { describe, expect, it } from 'vitest'
import type { FaultPoint } from '../../src/fault-point.ts'
import { addition, expectRepliesInOrder, question, talk, writes } from '../postgres/support/conversation.ts'
import { createPhone } from '../stories/support/phone.ts'
import { openClinic } from './support/clinic.ts'
import { DEEDS } from './support/registration.ts'
import { SEED, seededChance } from './support/seeded-chance.ts'
import { openWebhookClinic, type WebhookClinic } from './support/webhook-clinic.ts'
import { told, WISHES } from './support/wishes.ts'

const IN_THEIR_ORDER = WISHES.map(([, begin]) => expect.stringContaining(begin))
/** Numbers of conversations after which the clinic is killed. */
const KILLS_AT = new Set([15, 30, 45])

function shuffled<T>(all: readonly T[], chance: () => number): T[] {
  return all.map((one) => ({ one, at: chance() })).toSorted((a, b) => a.at - b.at).map(({ one }) => one)
}

describe.concurrent(`updates that come again (seed ${SEED})`, { timeout: 600_000 }, () => {
  it('while they are fetched: in one batch, in a later one, after a stop and after a death', async ({ onTestFinished }) => {
    const chance = seededChance(SEED)
    const clinic = await openClinic()
    onTestFinished(clinic.close)
    const { faults, world } = clinic.simulator
    await clinic.start()
    // One is about to answer in words, one to tick a box: ticked twice it would be empty again.
    const [tinah, ani] = [clinic.person('Tinah'), clinic.person('Ani')]
    for (const [phone, until] of [[tinah, 'nama panggilan'], [ani, 'Jualan lewat mana']] as const) {
      for (const { does, sees } of DEEDS) {
        await does(phone)
        if (sees === until) break
      }
    }
    const people = Array.from({ length: 6 }, (_, at) => clinic.person(`Orang ${at}`))
    for (const phone of people) await phone.starts()
    const before = new Map([tinah, ani, ...people].map(({ id }) => [id, told(clinic, id).length]))
    const news = (id: number) => told(clinic, id).slice(before.get(id))

    await clinic.stop()
    world.sendText(tinah.id, tinah.id, 'Kartinah')
    await createPhone({ world, person: ani.id, settled: async () => {} }).taps('Tetangga')
    for (const [command] of WISHES) for (const { id } of people) world.sendText(id, id, command)
    const updates = world.updates()
    const comeAgain = () => {
      for (const update of shuffled(updates, chance)) world.rawUpdate({ ...update })
    }
    faults.duplicateUpdates(true)
    await clinic.start()
    await clinic.settled()
    comeAgain()
    await clinic.settled()
    await clinic.stop()
    comeAgain()
    await clinic.start()
    await clinic.settled()
    clinic.diesAt('update.applied')
    comeAgain()
    await clinic.settled()
    expect(clinic.deaths()).toBe(1)

    for (const { id } of people) expect(news(id), `person ${id}`).toEqual(IN_THEIR_ORDER)
    expect(news(tinah.id)).toEqual([expect.stringContaining('disapa bagaimana')])
    expect(news(ani.id)).toEqual([])
    expect(ani.buttons()).toEqual(expect.arrayContaining(['✅ Tetangga', '▫️ WhatsApp']))
    expect(clinic.rows('select 1 from failed_update')).toEqual([])
    await tinah.taps('Bu Kartinah')
    expect(tinah.news()).toContain('nama usaha')
  })

  it('to the webhook: each at once, again and later, those of many people through each other, with a clinic that dies', async ({ onTestFinished }) => {
    const chance = seededChance(SEED + 1)
    const clinic = await openWebhookClinic()
    onTestFinished(clinic.close)
    const { addresses, telegram } = clinic

    const later: (() => Promise<void>)[] = []
    const deliver: typeof telegram.deliver = async (update) => {
      const bring = () => telegram.deliver(update, addresses)
      later.push(bring)
      const earlier = later.splice(Math.floor(chance() * later.length), 1)[0]!
      await Promise.all([bring(), bring(), earlier()])
    }
    const people = Array.from({ length: 60 }, (_, at) => 10_000 + at)
    let finishedCount = 0
    const finished = () => {
      finishedCount += 1
      if (KILLS_AT.has(finishedCount)) clinic.kill()
    }
    await talk({ telegram: { deliver, onSent: telegram.onSent }, addresses, people, atOnce: 20, finished })
    await Promise.all(shuffled(later, chance).map((bring) => bring()))
    // Six more, each of whose wishes arrive in another order than they were sent in.
    const confused = Array.from({ length: 6 }, (_, at) => 20_000 + at)
    const wishes = confused.flatMap((person, at) => WISHES.map(([command], nth) => writes(100_000 + at * WISHES.length + nth, person, command)))
    await Promise.all([...shuffled(wishes, chance), ...shuffled(wishes, chance)].map((update) => telegram.deliver(update, addresses)))

    await clinic.settled()
    expect(clinic.deaths()).toBe(KILLS_AT.size)
    expectEveryAnswerOnce(clinic, people)
    for (const person of confused) {
      const seen = telegram.sent.filter(({ chatId }) => chatId === person).map(({ text }) => WISHES.findIndex(([, begin]) => text.includes(begin)))
      expect(seen.toSorted((a, b) => a - b), `replies to ${person}`).toEqual(WISHES.map((_, at) => at))
    }
  })

  // At most two deaths in a row undo an answer: a third one would have it set aside.
  it.for([
    ['inbox.kept', 'update.begun', 'inbox.applied', 'update.handled', 'inbox.kept', 'update.committed', 'delivery.claiming', 'update.applied'],
    ['delivery.claimed', 'inbox.applied', 'delivery.sending', 'inbox.kept', 'delivery.answered', 'update.handled', 'delivery.settled', 'inbox.applied'],
  ] as const satisfies readonly (readonly FaultPoint[])[])('to the webhook of a clinic that dies at %s, %s, %s, %s, %s, %s, %s and %s', async (fate, { onTestFinished }) => {
    const clinic = await openWebhookClinic(...fate)
    onTestFinished(clinic.close)
    const people = Array.from({ length: 12 }, (_, at) => 10_000 + at)
    await talk({ telegram: clinic.telegram, addresses: clinic.addresses, people, atOnce: 3, finished: () => {} })
    await clinic.settled()
    expect(clinic.deaths()).toBe(fate.length)
    expectEveryAnswerOnce(clinic, people)
  })
})

/** All that these people told is kept once, and each got every reply in order. */
function expectEveryAnswerOnce({ deaths, telegram, values }: WebhookClinic, people: readonly number[]): void {
  expect(values('select body from case_message order by body')).toEqual([...people.map(question), ...people.map(addition)].toSorted())
  expect(values('select number from help_case order by number')).toEqual(people.map((_, at) => at + 1))
  for (const table of ['conversation', 'update_attempt', 'failed_update']) expect(values(`select 1 from ${table}`), table).toEqual([])
  expectRepliesInOrder(telegram.sent, people, deaths())
}
