// What an operator meets at a start: with nothing set, with something wrong, and what stands in the log.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SqliteFile from 'better-sqlite3'
import { describe, expect, it, type TestContext } from 'vitest'
import type { PageState } from '../../src/simulator/page/view.ts'
import { startSimulator } from '../../src/simulator/server.ts'
import { openClinic, TOKEN } from './support/clinic.ts'
import { type ClinicProcess, startProcess, waitFor } from './support/process.ts'
import { DEEDS, KARTINAH } from './support/registration.ts'

type Context = Pick<TestContext, 'onTestFinished'>

function emptyFolder({ onTestFinished }: Context): string {
  const folder = mkdtempSync(join(tmpdir(), 'start-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Starts the clinic without Telegram in a folder and waits for its page. */
async function openPage(cwd: string, { onTestFinished }: Context): Promise<{ process: ClinicProcess; address: string }> {
  const process = await startProcess({ cwd, env: { PORT: '0' } })
  onTestFinished(() => process.signal('SIGKILL'))
  const lines = await waitFor(
    () => process.ending() === undefined && linesForPeople(process).length > 0 && linesForPeople(process),
    () => `the address of the page; it printed\n${process.stdout()}${process.stderr()}`,
  )
  return { process, address: /http:\S+/.exec(lines[0]!)?.[0] ?? '' }
}

/** What it printed besides its log. */
function linesForPeople(process: ClinicProcess): readonly string[] {
  return process.stdout().split('\n').filter((line) => line !== '' && !line.startsWith('{'))
}

/** Starts a clinic that has a reason not to, and tells what it said. */
async function refusal(cwd: string, env: Readonly<Record<string, string>>): Promise<string> {
  const process = await startProcess({ cwd, env: { PORT: '0', ...env } })
  expect(await process.ended).toEqual({ code: 1, signal: null })
  expect(process.stderr()).not.toContain(TOKEN)
  // An operator who can mend it needs no stack.
  expect(process.stderr()).not.toMatch(/^\s+at /m)
  return process.stderr()
}

describe.concurrent('a start', { timeout: 90_000 }, () => {
  it('with nothing set opens the simulator on a page of its own, and keeps its world', async (context) => {
    const folder = emptyFolder(context)
    const first = await openPage(folder, context)
    expect(linesForPeople(first.process)).toHaveLength(1)
    expect(first.process.stderr()).toBe('')
    const page = await fetch(first.address)
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('<html')

    const state = async (address: string) => (await (await fetch(`${address}/sim/state`)).json()) as PageState
    const said = (seen: PageState) => (seen.chats.find((chat) => chat.id === 1001)?.messages ?? []).map((message) => message.text)
    const act = await fetch(`${first.address}/sim/act`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: first.address },
      body: JSON.stringify({ do: 'start', person: 1001 }),
    })
    expect(act.status).toBe(200)
    // Her start, the welcome and the offer.
    await context.expect.poll(async () => said(await state(first.address)).length, { timeout: 10_000 }).toBe(3)
    const before = said(await state(first.address))
    expect(before.join('\n')).toContain('Klinik Ekonomi Digital')

    first.process.signal('SIGTERM')
    expect(await first.process.ended).toEqual({ code: 0, signal: null })
    const second = await openPage(folder, context)
    expect(said(await state(second.address))).toEqual(before)
  })

  it('in production without a token is refused', async (context) => {
    expect(await refusal(emptyFolder(context), { NODE_ENV: 'production' })).toMatch(/BOT_TOKEN must be set when NODE_ENV=production/)
  })

  it('with several wrong settings names each of them', async (context) => {
    const said = await refusal(emptyFolder(context), {
      BOT_TOKEN: '12345', PORT: '70000', COORDINATOR_IDS: '3001,rini', LOG_LEVEL: 'loud', PUBLIC_URL: 'http://klinik.example.id', DATABSE_URL: 'x',
    })
    for (const name of ['BOT_TOKEN', 'PORT', 'COORDINATOR_IDS', 'LOG_LEVEL', 'PUBLIC_URL', 'DATABASE_URL']) {
      expect(said).toMatch(new RegExp(`^- .*${name}.*Example: ${name}=`, 'm'))
    }
  })

  it('with a token that Telegram does not know says so', async ({ onTestFinished }) => {
    const clinic = await openClinic()
    onTestFinished(clinic.close)
    const said = await refusal(clinic.folder, { ...clinic.env, BOT_TOKEN: `${TOKEN.slice(0, -1)}F` })
    expect(said).toContain('Telegram refused BOT_TOKEN')
  })

  it('without a way to Telegram says so', async ({ onTestFinished }) => {
    const clinic = await openClinic()
    onTestFinished(clinic.close)
    clinic.simulator.faults.outage(true)
    expect(await refusal(clinic.folder, clinic.env)).toContain('Telegram can not be reached')
  })

  it("with another bot's database is refused, and leaves it alone", async ({ onTestFinished }) => {
    const clinic = await openClinic()
    onTestFinished(clinic.close)
    await clinic.start()
    await clinic.stop()
    const token = `5151515151:${'x'.repeat(35)}`
    const other = await startSimulator({ now: Date.now, token, bot: { firstName: 'Lain', username: 'lain_bot' } })
    onTestFinished(() => other.close())
    const said = await refusal(clinic.folder, { ...clinic.env, BOT_TOKEN: token, TELEGRAM_API_ROOT: other.origin })
    expect(said).toContain('This database belongs to the bot with id 4242424242')
    expect(said).not.toContain(token)
    expect(other.world.calls().map((call) => call.method)).toEqual(['getMe'])
    expect(clinic.rows(`select value from meta where key = 'bot'`)).toEqual([{ value: '4242424242' }])
  })

  it('with a database of a newer program is refused', async ({ onTestFinished }) => {
    const clinic = await openClinic()
    onTestFinished(clinic.close)
    await clinic.start()
    await clinic.stop()
    const database = new SqliteFile(join(clinic.folder, 'klinik.db'))
    database.prepare(`update meta set value = '99' where key = 'version'`).run()
    database.close()
    expect(await refusal(clinic.folder, clinic.env)).toMatch(/version 99, newer than this program knows/)
  })

  it('and a whole registration, with Telegram out of reach in between, leave a log that names nobody and tells no secret', async ({ onTestFinished }) => {
    const clinic = await openClinic()
    onTestFinished(clinic.close)
    const { faults, world } = clinic.simulator
    await clinic.start()
    const tinah = clinic.person('Mbok Tinah')
    for (const [number, { does, sees }] of DEEDS.entries()) {
      if (number === 10) {
        // The clinic loses Telegram with a message on its way and a poll open.
        faults.delay(300)
        world.sendText(tinah.id, tinah.id, '/panduan')
        await waitFor(() => world.calls().some((call) => call.method === 'sendMessage' && String(call.params['text']).includes('/daftar')), () => 'the guide')
        faults.outage(true)
        await waitFor(() => clinic.printed().includes('polling.interrupted'), () => 'the clinic to notice')
        faults.clear()
        await clinic.settled()
      }
      await does(tinah)
      expect(tinah.news()).toContain(sees)
    }
    await clinic.stop()

    const log = clinic.printed()
    const events = log.trim().split('\n').map((line) => (JSON.parse(line) as { event: string }).event)
    expect(events).toEqual(expect.arrayContaining(['app.started', 'polling.interrupted', 'app.stopped']))
    expect(log).toContain('HttpError')
    const digits = KARTINAH.phone.replace(/\D/g, '').slice(1)
    for (const secret of [KARTINAH.name, KARTINAH.business, KARTINAH.product, 'Tinah', 'Pujon', digits, TOKEN, TOKEN.split(':')[1]!]) {
      expect(log.toLowerCase()).not.toContain(secret.toLowerCase())
    }
    expect(log.replace(/\D/g, '')).not.toContain(digits)
  })
})
