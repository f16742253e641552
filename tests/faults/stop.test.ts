// Asked to stop, the clinic ends what is under way, says so with exit code 0 within ten seconds, and goes on later where it was.
import { describe, expect, it } from 'vitest'
import { type Clinic, openClinic } from './support/clinic.ts'
import { waitFor } from './support/process.ts'
import { told } from './support/wishes.ts'

const STOP_WITHIN_MS = 10_000
const STOPPED = { code: 0, signal: null }

const calls = (clinic: Clinic, method: string) => clinic.simulator.world.calls().filter((call) => call.method === method)

describe.concurrent('a stop', { timeout: 90_000 }, () => {
  it('in the middle of work loses nothing and repeats nothing', async ({ onTestFinished }) => {
    const clinic = await openClinic()
    onTestFinished(clinic.close)
    const { simulator } = clinic
    await clinic.start()
    simulator.faults.delay(150)
    const people = Array.from({ length: 60 }, (_, at) => clinic.person(`Orang ${at}`).id)
    for (const person of people) simulator.world.start(person)
    await waitFor(() => calls(clinic, 'sendMessage').length > 0, () => 'a first message')

    const { ms, ...ending } = await clinic.stop()
    expect(ending).toEqual(STOPPED)
    expect(ms).toBeLessThan(STOP_WITHIN_MS)
    expect(clinic.rows(`select 1 from outbox where state = 'sending'`)).toEqual([])
    const before = calls(clinic, 'sendMessage').length
    expect(before).toBeLessThan(people.length * 2)

    simulator.faults.clear()
    await clinic.start()
    await clinic.settled()
    for (const person of people) {
      const texts = told(clinic, person)
      expect(texts).toHaveLength(2)
      expect(new Set(texts).size).toBe(2)
    }
    expect(clinic.printed()).not.toContain('delivery.recovered')
  })

  it('of an idle clinic takes no time, and the next start goes on', async ({ onTestFinished }) => {
    const clinic = await openClinic()
    onTestFinished(clinic.close)
    await clinic.start()
    const sari = clinic.person('Sari')
    await sari.starts()
    await sari.taps('Daftar sekarang')

    const { ms, ...ending } = await clinic.stop()
    expect(ending).toEqual(STOPPED)
    expect(ms).toBeLessThan(2000)

    await clinic.start()
    await sari.taps('Setuju')
    expect(sari.news()).toContain('18 tahun')
  })

  it('is not held up by a Telegram that has fallen silent', async ({ onTestFinished }) => {
    const clinic = await openClinic()
    onTestFinished(clinic.close)
    const { simulator } = clinic
    await clinic.start()
    const sari = clinic.person('Sari')
    await sari.starts()
    simulator.faults.next('*', 'timeout', 100)
    simulator.faults.next('getUpdates', 'timeout', 100)
    simulator.world.sendText(sari.id, sari.id, '/daftar')
    const silent = () => calls(clinic, 'sendMessage').some((call) => call.outcome.type === 'no-answer')
    await waitFor(silent, () => 'a message that Telegram leaves unanswered')

    const { ms, ...ending } = await clinic.stop()
    expect(ending).toEqual(STOPPED)
    expect(ms).toBeLessThan(STOP_WITHIN_MS)

    simulator.faults.clear()
    await clinic.start()
    await clinic.settled()
    expect(told(clinic, sari.id).filter((text) => text.includes('Apakah Bapak/Ibu setuju?'))).toHaveLength(1)
  })
})
