// No room for data: nothing is confirmed that was not kept, the clinic lives or ends cleanly, and with room again everyone has every answer once.
import { describe, expect, it, type TestContext } from 'vitest'
import type { Clinic } from './support/clinic.ts'
import { type KindOfFullness, KINDS_OF_FULLNESS, type TightClinic } from './support/full-disk.ts'
import { waitFor } from './support/process.ts'
import { told } from './support/wishes.ts'

/** Long enough for an update to be tried more often than one that ends the process would be. */
const FULL_MS = 9000
const PEOPLE = 12

/** Twelve people in the middle of registration, and a disk without room, which the clinic has noticed. */
async function fillsUp(kind: KindOfFullness, { onTestFinished }: Pick<TestContext, 'onTestFinished'>) {
  const tight: TightClinic = await kind.open()
  onTestFinished(tight.close)
  const { clinic } = tight
  const { world } = clinic.simulator
  await clinic.start()
  const people = Array.from({ length: PEOPLE }, (_, at) => clinic.person(`Orang ${at}`))
  for (const phone of people) {
    await phone.starts()
    for (const label of ['Daftar sekarang', 'Setuju', 'Ya']) await phone.taps(label)
  }
  const before = new Map(people.map(({ id }) => [id, told(clinic, id).length]))
  const firstUpdate = Math.max(...world.updates().map((update) => update.update_id), 0) + 1

  tight.fills()
  for (const [at, { id }] of people.entries()) world.sendText(id, id, `Nama ${'abcdefghijkl'[at]}`)
  for (const { id } of people) world.sendText(id, id, '/panduan')
  await waitFor(() => clinic.printed().includes('polling.interrupted'), () => `the clinic to notice; it printed\n${clinic.printed().slice(-2000)}`)
  return { ...tight, people, before, firstUpdate }
}

/** Updates that Telegram was told to forget must stand in the database. */
function expectConfirmedToBeKept(clinic: Clinic): void {
  const { world } = clinic.simulator
  const waiting = new Set(world.updates().map((update) => update.update_id))
  const kept = new Set(clinic.rows('select update_id from seen_update').map((row) => Number(row['update_id'])))
  const highest = Math.max(...kept, ...waiting)
  for (let id = Math.min(...kept); id <= highest; id += 1) expect(kept.has(id) || waiting.has(id), `update ${id}`).toBe(true)
}

/** Everyone's name is kept, and each got one guide. */
async function expectEveryAnswerOnce({ clinic, people, before }: Awaited<ReturnType<typeof fillsUp>>): Promise<void> {
  await clinic.settled()
  expect(clinic.rows('select update_id, outcome, error from failed_update')).toEqual([])
  const names = clinic.rows(`select json_extract(answers, '$.name') as name from conversation order by name`).map((row) => row['name'])
  expect(names).toEqual(people.map((_, at) => `Nama ${'abcdefghijkl'[at]}`))
  for (const { id } of people) {
    const texts = told(clinic, id).slice(before.get(id))
    expect(texts.filter((text) => text.includes('Panduan singkat')), `guides of ${id}`).toHaveLength(1)
    expect(texts.filter((text) => text.includes('disapa bagaimana')).length, `questions of ${id}`).toBe(1)
  }
  expect(clinic.rows('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }])
  await people[0]!.taps('Bu Nama a')
  expect(people[0]!.news()).toContain('nama usaha')
}

for (const kind of KINDS_OF_FULLNESS) {
  const isPossible = kind.unavailable === undefined
  describe.runIf(isPossible)(`a clinic when ${kind.name}${isPossible ? '' : ` (skipped: ${kind.unavailable})`}`, { timeout: 120_000, concurrent: true }, () => {
    it('lives, and goes on by itself when there is room', async (context) => {
      const scene = await fillsUp(kind, context)
      const { clinic, makesRoom } = scene
      const { pid } = clinic
      const first = pid()
      await new Promise((resolve) => {
        setTimeout(resolve, FULL_MS)
      })
      expectConfirmedToBeKept(clinic)
      expect(clinic.simulator.world.pendingUpdates()).toBeGreaterThan(0)
      makesRoom()
      await expectEveryAnswerOnce(scene)
      expect(pid()).toBe(first)
    })

    it('stops cleanly when asked, and the next start, with room, goes on', async (context) => {
      const scene = await fillsUp(kind, context)
      const { clinic, makesRoom } = scene
      const { ms, ...ending } = await clinic.stop()
      expect(ending).toEqual({ code: 0, signal: null })
      expect(ms).toBeLessThan(10_000)
      expectConfirmedToBeKept(clinic)
      makesRoom()
      await clinic.start()
      await expectEveryAnswerOnce(scene)
    })
  })
}
