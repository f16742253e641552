// The page's routes over HTTP: who is let in, what is asked and answered, against a running simulator.

import { request } from 'node:http'
import sharp from 'sharp'
import { afterEach, describe, expect, it } from 'vitest'
import { startSimulator } from '../../../src/simulator/server.ts'
import type { Simulator, SimulatorOptions } from '../../../src/simulator/world.ts'

const SARI = 1001
const NOON_WIB = Date.UTC(2026, 10, 23, 5)
const HOUR = 3_600_000

let running: Simulator | undefined
let clock = NOON_WIB

async function open(options: Partial<SimulatorOptions> = {}): Promise<Simulator> {
  clock = NOON_WIB
  running = await startSimulator({
    now: () => clock,
    token: `700001:${'a'.repeat(35)}`,
    bot: { firstName: 'Klinik', username: 'klinik_bot' },
    advance: async (ms) => { clock += ms },
    ...options,
  })
  return running
}

afterEach(async () => {
  await running?.close()
  running = undefined
})

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly text: string
}

/** A request with any header, Host too, which fetch would not send. */
function ask(path: string, { body, ...headers }: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const { hostname, port } = new URL(running?.origin ?? '')
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, headers, method: body === undefined ? 'GET' : 'POST' }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (part: string) => { text += part })
      response.on('end', () => { resolve({ status: response.statusCode ?? 0, headers: response.headers, text }) })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

async function act(deed: Readonly<Record<string, unknown>>): Promise<{ status: number; body: Record<string, unknown> }> {
  const answer = await ask('/sim/act', {
    body: JSON.stringify(deed), 'content-type': 'application/json', origin: running?.origin ?? '', host: new URL(running?.origin ?? '').host,
  })
  return { status: answer.status, body: JSON.parse(answer.text) as Record<string, unknown> }
}

describe('who is let in', () => {
  it('serves the page to this computer and refuses a name that was pointed at it', async () => {
    await open()
    const page = await ask('/')
    expect(page.status).toBe(200)
    expect(page.text).toContain('Tidak ada pesan yang keluar dari komputer ini.')
    expect(page.headers['content-security-policy']).toContain("script-src 'self';")
    for (const path of ['/', '/sim/state', '/sim/events', '/assets/main.js']) {
      expect((await ask(path, { host: 'jahat.example' })).status).toBe(403)
    }
  })

  it('lets no other page act', async () => {
    const { world } = await open()
    await ask('/')
    const body = JSON.stringify({ do: 'start', person: SARI })
    expect((await ask('/sim/act', { body, 'content-type': 'application/json' })).status).toBe(403)
    expect((await ask('/sim/act', { body, 'content-type': 'application/json', origin: 'http://jahat.example' })).status).toBe(403)
    expect(world.messages(SARI)).toEqual([])
    expect((await act({ do: 'start', person: SARI })).status).toBe(200)
    expect(world.messages(SARI)).toMatchObject([{ text: '/start', from: SARI }])
  })

  it('asks for the access code once and keeps it in a cookie', async () => {
    await open({ accessCode: 'melati-42' })
    const asked = await ask('/')
    expect(asked.text).toContain('Kode masuk')
    expect(asked.text).not.toContain('/assets/main.js')
    expect((await ask('/sim/state')).status).toBe(401)

    const form = { 'content-type': 'application/x-www-form-urlencoded', origin: running?.origin ?? '' }
    const wrong = await ask('/sim/code', { ...form, body: 'code=mawar&lang=id' })
    expect(wrong.status).toBe(403)
    expect(wrong.text).toContain('belum cocok')
    const right = await ask('/sim/code', { ...form, body: 'code=melati-42&lang=en' })
    expect(right).toMatchObject({ status: 303, headers: { location: '/?lang=en' } })
    const cookie = String(right.headers['set-cookie']?.[0]).split(';')[0] ?? ''
    expect((await ask('/', { cookie })).text).toContain('/assets/main.js')
    expect((await ask('/sim/state', { cookie })).status).toBe(200)
  })

  it('takes the code from the address too', async () => {
    await open({ accessCode: 'melati-42' })
    const page = await ask('/?code=melati-42')
    expect(page.text).toContain('/assets/main.js')
    expect(page.headers['set-cookie']).toHaveLength(1)
  })

  it('does not open to other computers without an access code', async () => {
    await expect(open({ host: '0.0.0.0' })).rejects.toThrow(/accessCode/)
  })

  it.each(['/assets/..%2froutes.ts', '/assets/index.html', '/assets/nothing.js', '/sim/file/nothing'])('%s is not there', async (path) => {
    await open()
    expect((await ask(path)).status).toBe(404)
  })
})

describe('what people do', () => {
  it('brings the three people, each with a phone', async () => {
    const { world } = await open()
    await ask('/')
    await ask('/?lang=en')
    expect(world.people().map(({ id, firstName }) => [id, firstName])).toEqual([[1001, 'Ibu Sari'], [2001, 'Mas Dimas'], [3001, 'Mbak Rini']])
  })

  it('tells the chats that changed since a version, and no others', async () => {
    await open()
    await ask('/')
    const first = JSON.parse((await ask('/sim/state?since=0')).text) as { version: number; chats: { id: number }[] }
    expect(first.chats).toHaveLength(3)
    await act({ do: 'start', person: SARI })
    await act({ do: 'text', person: SARI, chat: SARI, text: 'halo' })
    const all = JSON.parse((await ask('/sim/state?since=0')).text) as { version: number }
    await act({ do: 'edit', person: SARI, chat: SARI, message: 2, text: 'halo, klinik' })
    const later = JSON.parse((await ask(`/sim/state?since=${all.version}`)).text) as { chats: unknown[] }
    expect(later.chats).toMatchObject([{ id: SARI, messages: [{ text: '/start' }, { text: 'halo, klinik' }] }])
  })

  it('moves the clock and switches faults', async () => {
    const { faults } = await open()
    await ask('/')
    await act({ do: 'advance', hours: 24 })
    await act({ do: 'switch', fault: 'outage', on: true })
    await act({ do: 'fail-next', fault: '429', times: 2 })
    expect(JSON.parse((await ask('/sim/state')).text)).toMatchObject({ now: NOON_WIB + 24 * HOUR, canAdvance: true, faults: { outage: true } })
    await act({ do: 'clear-faults' })
    expect(faults.state()).toMatchObject({ outage: false, waiting: [] })
  })

  it('sends photos, voice notes, places and contacts, and serves their bytes', async () => {
    const { world } = await open()
    await ask('/')
    await act({ do: 'start', person: SARI })
    const picture = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#147a6c' } }).jpeg().toBuffer()
    const place = { person: SARI, chat: SARI }
    const photo = await act({ do: 'photo', ...place, base64: picture.toString('base64'), caption: 'nota' })
    await act({ do: 'voice', ...place, seconds: 3 })
    await act({ do: 'location', ...place, latitude: -7.8, longitude: 110.4 })
    await act({ do: 'contact', ...place, phoneNumber: '+628120001001', own: true })
    const messages = world.messages(SARI)
    expect(messages.map(({ kind }) => kind)).toEqual(['text', 'photo', 'voice', 'location', 'contact'])
    expect(messages.at(-1)?.contact).toMatchObject({ userId: SARI })
    const file = await ask(`/sim/file/${messages.find(({ messageId }) => messageId === photo.body['made'])?.file?.fileId ?? ''}`)
    expect(file).toMatchObject({ status: 200, headers: { 'content-type': 'image/jpeg', 'content-length': String(picture.length) } })
  })

  it('sends albums, films and music, in reply to a message', async () => {
    const { world } = await open()
    await ask('/')
    await act({ do: 'start', person: SARI })
    const picture = (await sharp({ create: { width: 4, height: 3, channels: 3, background: '#147a6c' } }).jpeg().toBuffer()).toString('base64')
    const sent = { person: SARI, chat: SARI, replyTo: 1 }
    await act({ do: 'album', ...sent, photos: [picture, picture], caption: 'toko' })
    for (const as of ['video', 'video_note', 'animation']) await act({ do: 'video', ...sent, as, base64: 'aXNp', mimeType: 'video/webm' })
    await act({ do: 'document', ...sent, base64: 'aXNp', fileName: 'jingle.mp3', mimeType: 'audio/mpeg' })
    const messages = world.messages(SARI).slice(1)
    expect(messages.map(({ kind }) => kind)).toEqual(['photo', 'photo', 'video', 'video_note', 'animation', 'audio'])
    expect(messages.every(({ replyTo }) => replyTo === 1)).toBe(true)
    expect(messages.map(({ caption }) => caption).slice(0, 2)).toEqual(['toko', undefined])
    expect(await act({ do: 'album', ...sent, photos: [picture] })).toMatchObject({ status: 400 })
    expect(await act({ do: 'album', ...sent, photos: [picture, 'aXNp'] })).toMatchObject({ status: 409, body: { reason: 'unreadable-photo' } })
  })

  it.each([
    { title: 'an unknown deed', deed: { do: 'explode' }, status: 400 },
    { title: 'an empty text', deed: { do: 'text', person: SARI, chat: SARI, text: '' }, status: 400 },
    { title: 'a payload Telegram would not take', deed: { do: 'start', person: SARI, payload: 'a b' }, status: 400 },
    { title: 'a photo that is none', deed: { do: 'photo', person: SARI, chat: SARI, base64: 'aGFsbw==' }, status: 409 },
    { title: 'a person who is not there', deed: { do: 'start', person: 77 }, status: 409 },
    { title: 'a button that was never shown', deed: { do: 'tap', person: SARI, chat: SARI, message: 1, data: 'x' }, status: 409 },
  ])('refuses $title', async ({ deed, status }) => {
    await open()
    await ask('/')
    expect(await act(deed)).toMatchObject({ status, body: { type: 'refused' } })
  })
})
