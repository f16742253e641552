// Tells that updates which Telegram brings to the webhook are handled as those that are fetched: once, in order, from Telegram alone.
import { describe, expect } from 'vitest'
import { WEBHOOK_PATH } from '../../src/web/server.ts'
import type { Phone } from './support/phone.ts'
import { personOf, unfinishedOf } from './support/records.ts'
import { registers, registersUntil } from './support/registering.ts'
import { story, type StoryClinic, WEBHOOK_SECRET } from './support/story.ts'

/** Brings an update to the clinic's door. */
const brings = async (clinic: StoryClinic, update: object, secret?: string) => {
  const { status } = await fetch(`${clinic.address()}${WEBHOOK_PATH}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(secret !== undefined && { 'x-telegram-bot-api-secret-token': secret }) },
    body: JSON.stringify(update),
  })
  await clinic.settled()
  return status
}

/** An update by hand, always with the same id. */
const saysFrom = ({ id }: Phone, text: string) => ({
  update_id: 999_999_999,
  message: {
    message_id: 77_777, date: 0, text, entities: [{ type: 'bot_command', offset: 0, length: text.length }],
    chat: { id, type: 'private', first_name: 'Sari' }, from: { id, is_bot: false, first_name: 'Sari' },
  },
})

describe('with a webhook', () => {
  story('Bu Sari registers as ever', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registers(sari)
    expect(sari).toSee('Selamat datang, Bu Sari!')
    expect(await personOf(clinic, sari)).toMatchObject({ member_number: 1 })
    expect(clinic.simulator.world.calls().some(({ method }) => method === 'getUpdates')).toBe(false)
  }, { updates: 'webhook' })

  story('what arrives twice is applied once, and many at once in their order', async ({ clinic, person }) => {
    clinic.simulator.faults.duplicateUpdates(true)
    const sari = person('Sari')
    await registersUntil(sari, 'name')
    await sari.says('Sari')
    expect(await unfinishedOf(clinic, sari)).toMatchObject([{ step: 'honorific', answers: { name: 'Sari' } }])
    await sari.says('/batal')
    await sari.taps('Simpan, lanjut nanti')
    const before = sari.chat().length
    for (const time of ['first', 'again']) expect(await brings(clinic, saysFrom(sari, '/panduan'), WEBHOOK_SECRET), time).toBe(200)
    expect(sari.chat()).toHaveLength(before + 1)
    await sari.saysAtOnce('/panduan', '/tips', '/bahasa')
    expect(sari.news()).toMatch(/Panduan singkat[\s\S]*Coba hari ini[\s\S]*Which language/)
  }, { updates: 'webhook' })

  story('a stranger without the secret is turned away', async ({ clinic, person }) => {
    const sari = person('Sari')
    await sari.starts()
    const before = sari.chat().length
    for (const secret of [undefined, '', 'tebakan', `${WEBHOOK_SECRET}x`]) expect(await brings(clinic, saysFrom(sari, '/daftar'), secret)).toBe(401)
    expect(sari.chat()).toHaveLength(before)
    expect(await unfinishedOf(clinic, sari)).toEqual([])
  }, { updates: 'webhook' })

  story('what came while the clinic was closed is handled when it opens again', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'name')
    await clinic.stops()
    await sari.says('Sari')
    await clinic.startsAgain()
    expect(await unfinishedOf(clinic, sari)).toMatchObject([{ step: 'honorific', answers: { name: 'Sari' } }])
  }, { updates: 'webhook' })
})
