// A clinic that is killed in every state of a case goes on where it was: nothing said is lost or said twice, and the case stands as it did.
import { describe, expect, it } from 'vitest'
import { FAULT_POINTS } from '../../src/fault-point.ts'
import { createPhone, type Phone } from '../stories/support/phone.ts'
import { type Clinic, openClinic } from './support/clinic.ts'

const COORDINATOR_ID = 3001
const PROBLEM = 'Spanduk warung saya cepat pudar'
const ADVICE = 'Pakai bahan yang tahan air'
const THANKS = 'Bahannya beli di mana'

interface Act {
  readonly who: 'owner' | 'helper'
  readonly does: (phone: Phone) => Promise<void>
  /** What somebody then sees. */
  readonly sees: readonly ['owner' | 'helper', string]
  /** How the case then stands; absent while there is none. */
  readonly state?: string
}

/** From the first word to the second end, through every state there is. */
const ACTS: readonly Act[] = [
  { who: 'owner', does: (phone) => phone.says('/bantuan'), sees: ['owner', 'Silakan ceritakan'] },
  { who: 'owner', does: (phone) => phone.says(PROBLEM), sees: ['owner', 'pesan sudah kami simpan'] },
  { who: 'owner', does: (phone) => phone.taps('Sudah, kirim'), sees: ['owner', 'Kirim sekarang?'], state: 'waiting' },
  { who: 'owner', does: (phone) => phone.taps('Cukup ke koordinator saja'), sees: ['helper', PROBLEM], state: 'waiting' },
  { who: 'helper', does: (phone) => phone.taps('Saya bantu'), sees: ['owner', 'sekarang dibantu'], state: 'claimed' },
  { who: 'helper', does: (phone) => phone.says(ADVICE), sees: ['owner', ADVICE], state: 'claimed' },
  { who: 'owner', does: (phone) => phone.says(THANKS), sees: ['helper', THANKS], state: 'claimed' },
  { who: 'helper', does: (phone) => phone.forges('case-solved:1'), sees: ['helper', 'Bagaimana hasil kasus 1'], state: 'claimed' },
  { who: 'helper', does: (phone) => phone.taps('Masalahnya beres'), sees: ['owner', 'sudah beres'], state: 'closing' },
  { who: 'owner', does: (phone) => phone.taps('Belum'), sees: ['helper', 'masih butuh bantuan'], state: 'claimed' },
  { who: 'owner', does: (phone) => phone.forges('case-confirm:1'), sees: ['helper', 'Kasus 1 selesai'], state: 'closed' },
  { who: 'owner', does: (phone) => phone.forges('case-reopen:1'), sees: ['helper', 'Kasus 1 dilanjutkan'], state: 'claimed' },
  { who: 'owner', does: (phone) => phone.forges('case-report:1'), sees: ['owner', 'Apa yang terjadi'], state: 'claimed' },
  { who: 'owner', does: (phone) => phone.taps('Meminta kode, KTP, atau uang'), sees: ['owner', 'koordinator memeriksanya. Kabarnya'], state: 'frozen' },
]

const WALKS: readonly { readonly when: string; readonly arrange: (clinic: Clinic, act: number) => Promise<void> | void }[] = [
  { when: 'before each act', arrange: (clinic) => clinic.kill() },
  { when: 'at another step of each act', arrange: (clinic, act) => clinic.diesAt(FAULT_POINTS[act % FAULT_POINTS.length]!) },
]

describe.concurrent('a case with a clinic that is killed', () => {
  it.for(WALKS)('$when', { timeout: 240_000 }, async ({ arrange }, { onTestFinished }) => {
    const clinic = await openClinic()
    onTestFinished(clinic.close)
    await clinic.start()
    const { world } = clinic.simulator
    const rini = world.addPerson({ id: COORDINATOR_ID, firstName: 'Rini', languageCode: 'id' }).id
    const phones = { owner: clinic.person('Kartinah'), helper: createPhone({ world, person: rini, settled: clinic.settled }) }
    await phones.helper.starts()
    for (const [number, { who, does, sees: [reader, text], state }] of ACTS.entries()) {
      await arrange(clinic, number)
      await does(phones[who])
      await clinic.settled()
      expect(phones[reader].chat().map((one) => one.text ?? '').join('\n'), `act ${number}`).toContain(text)
      if (state !== undefined) expect(clinic.rows('select state from help_case'), `act ${number}`).toEqual([{ state }])
    }
    expect(clinic.deaths()).toBe(ACTS.length)
    expect(clinic.rows('select body from case_message order by id').map(({ body }) => body)).toEqual([PROBLEM, ADVICE, THANKS])
    expect(clinic.rows('select count(*) as copies, count(telegram_id) as arrived from case_copy where message is not null')[0]).toMatchObject({ copies: 3, arrived: 3 })
  })
})
