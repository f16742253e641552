// The ordinary way of a volunteer into the clinic, so that a story can begin where it is about something. It asserts nothing.
import { grantRole } from '../../../src/people/roles.ts'
import type { Phone } from './phone.ts'
import { personOf } from './records.ts'
import type { StoryClinic } from './story.ts'

/** Gives the role at once, as if an invitation had been accepted before there was a welcome. */
export async function hasVolunteerRole(clinic: StoryClinic, phone: Phone): Promise<void> {
  await phone.starts()
  const person = await personOf(clinic, phone)
  await clinic.reads((tx) => grantRole(tx, { person: person?.id ?? 0, role: 'volunteer', by: null, now: clinic.now() }))
}

const ANSWERS: readonly (readonly [question: string, answer: (phone: Phone, name: string) => Promise<void>])[] = [
  ['code', (phone) => phone.taps('Setuju')],
  ['name', (phone, name) => phone.says(name)],
  ['zone', (phone) => phone.taps('WIB: Jawa, Sumatra, Kalbar, Kalteng')],
  [
    'areas',
    async (phone) => {
      await phone.taps('Foto & promosi')
      await phone.taps('Keamanan HP')
      await phone.taps('Sudah, lanjut')
    },
  ],
  [
    'sectors',
    async (phone) => {
      await phone.taps('Semua bidang')
      await phone.taps('Sudah, lanjut')
    },
  ],
  [
    'languages',
    async (phone) => {
      await phone.taps('Indonesia')
      await phone.taps('Jawa')
      await phone.taps('Sudah, lanjut')
    },
  ],
  ['where', (phone) => phone.taps('Dari mana saja')],
  ['quiet', (phone) => phone.taps('22.00-05.00')],
  ['load', (phone) => phone.taps('Sampai 2 kasus')],
]

/** Answers the welcome, stopping at each question until the caller goes on; the last one is 'review'. */
export async function* introducing(phone: Phone, name: string): AsyncGenerator<string> {
  for (const [question, answer] of ANSWERS) {
    yield question
    await answer(phone, name)
  }
  yield 'review'
}

/** Answers the welcome until this question is asked. */
export async function introducesUntil(phone: Phone, name: string, question: string): Promise<void> {
  for await (const asked of introducing(phone, name)) if (asked === question) return
}

/** Goes through the whole welcome and saves. */
export async function introducesHerself(phone: Phone, name: string): Promise<void> {
  await introducesUntil(phone, name, 'review')
  await phone.taps('Simpan')
}
