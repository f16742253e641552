// Telegram falls silent, vanishes, slows down or refuses for some seconds while people go on writing: afterwards everyone has every answer once, in order.
import { createServer } from 'node:net'
import { describe, expect, it, type TestContext } from 'vitest'
import { type Clinic, openClinic } from './support/clinic.ts'
import { type Door, openDoor } from './support/door.ts'
import { waitFor } from './support/process.ts'
import { told, WISHES } from './support/wishes.ts'

/** How long each trouble lasts, ms. The clinic's own patience is 60 s; tests/faults/long-outage looks at ten minutes, with a clock of its own. */
const TROUBLE_MS = 12_000
const PEOPLE = 8
interface Trouble {
  readonly name: string
  readonly begins: (clinic: Clinic, door: Door) => Promise<void> | void
  /** What `/readyz` says meanwhile. */
  readonly readiness: { readonly status: number; readonly body: object }
}

const READY = { status: 200, body: { ok: true } }
const NOT_RECEIVING = { status: 503, body: { ok: false, reason: 'updates' } }

const TROUBLES: readonly Trouble[] = [
  { name: 'refuses connections', begins: (_, door) => door.vanishes(), readiness: NOT_RECEIVING },
  { name: 'accepts connections and never answers', begins: (_, door) => door.fallsSilent(), readiness: NOT_RECEIVING },
  { name: 'takes seconds for every answer', begins: ({ simulator }) => simulator.faults.delay(3000), readiness: READY },
  { name: 'takes updates out and answers every message with 502', begins: ({ simulator }) => simulator.faults.next('*', { status: 502 }, 100_000), readiness: READY },
  { name: 'asks every message to wait', begins: ({ simulator }) => simulator.faults.next('*', { status: 429, retryAfter: 2 }, 100_000), readiness: READY },
]

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}

async function open({ onTestFinished }: Pick<TestContext, 'onTestFinished'>) {
  const door = await openDoor()
  const port = await freePort()
  const clinic = await openClinic({ variables: { TELEGRAM_API_ROOT: door.origin, PORT: String(port) } })
  door.leadsTo(clinic.simulator.origin)
  onTestFinished(async () => {
    await clinic.close()
    await door.close()
  })
  await clinic.start()
  const health = async (path: string) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`)
    return { status: answer.status, body: await answer.json() as object }
  }
  return { clinic, door, health }
}

describe.concurrent('when Telegram', { timeout: 120_000 }, () => {
  it.for(TROUBLES)('$name', async ({ begins, readiness }, context) => {
    const { clinic, door, health } = await open(context)
    const { world, faults } = clinic.simulator
    const people = Array.from({ length: PEOPLE }, (_, at) => clinic.person(`Orang ${at}`))
    for (const { id } of people) world.start(id)
    const tinah = clinic.person('Tinah')
    await tinah.starts()
    for (const label of ['Daftar sekarang', 'Setuju', 'Ya']) await tinah.taps(label)
    const heardBefore = new Map(people.map(({ id }) => [id, told(clinic, id).length]))
    const hers = told(clinic, tinah.id).length

    await begins(clinic, door)
    world.sendText(tinah.id, tinah.id, 'Kartinah')
    for (const [command] of WISHES) {
      for (const { id } of people) world.sendText(id, id, command)
      await new Promise((resolve) => {
        setTimeout(resolve, TROUBLE_MS / WISHES.length)
      })
    }
    expect(await health('/healthz')).toEqual({ status: 200, body: { ok: true } })
    expect(await health('/readyz')).toEqual(readiness)

    await door.opens()
    faults.clear()
    await waitFor(
      () => world.pendingUpdates() === 0 && clinic.rows(`select 1 from outbox where state in ('queued', 'sending')`).length === 0,
      () => `every answer; the clinic printed\n${clinic.printed().slice(-3000)}`,
      60_000,
    )
    for (const { id } of people) {
      expect(told(clinic, id).slice(heardBefore.get(id)), `person ${id}`).toEqual(WISHES.map(([, begin]) => expect.stringContaining(begin)))
    }
    expect(told(clinic, tinah.id).slice(hers).filter((text) => text.includes('disapa bagaimana'))).toHaveLength(1)
    expect(clinic.rows(`select state, error from outbox where state in ('dead', 'unknown')`)).toEqual([])
    expect((await health('/readyz')).status).toBe(200)

    await tinah.taps('Bu Kartinah')
    expect(tinah.news()).toContain('nama usaha')
    expect(clinic.deaths()).toBe(0)
  })
})
