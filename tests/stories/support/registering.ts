// The ordinary way through registration, so that a story can begin at the question it is about. It asserts nothing.
import type { Phone } from './phone.ts'

const VILLAGE = 'Desa Pujon Kidul, Kec. Pujon, Kab. Malang'

/** How Bu Sari, who sells cooked food in Pujon Kidul, answers each question, in order. */
const ANSWERS: readonly (readonly [question: string, answer: (phone: Phone) => Promise<void>])[] = [
  ['consent', (phone) => phone.taps('Setuju')],
  ['adult', (phone) => phone.taps('Ya')],
  ['name', (phone) => phone.says('Sari')],
  ['honorific', (phone) => phone.taps('Bu Sari')],
  ['business-name', (phone) => phone.says('Warung Bu Sari')],
  ['sector', (phone) => phone.taps('Kuliner siap saji')],
  [
    'village',
    async (phone) => {
      await phone.says('Pujon Kidul')
      await phone.taps(VILLAGE)
    },
  ],
  ['product', (phone) => phone.says('pecel')],
  ['age', (phone) => phone.taps('3-10 tahun')],
  ['workers', (phone) => phone.taps('2-4 orang')],
  ['sales', (phone) => phone.taps('Rp5 juta - Rp15 juta')],
  [
    'channels',
    async (phone) => {
      await phone.taps('WhatsApp')
      await phone.taps('Sudah, lanjut')
    },
  ],
  ['nib', (phone) => phone.taps('Sudah')],
  ['npwp', (phone) => phone.taps('Belum')],
  ['pirt', (phone) => phone.taps('Sedang diurus')],
  ['halal', (phone) => phone.taps('Tidak tahu')],
  ['brand', (phone) => phone.taps('Lewati')],
  ['qris', (phone) => phone.taps('Sudah')],
  ['phone', (phone) => phone.says('0812 3456 7890')],
  ['directory', (phone) => phone.taps('Setuju')],
  ['contact', (phone) => phone.taps('Tidak')],
  ['research', (phone) => phone.taps('Tidak')],
]

/** Goes through registration, stopping at each question until the caller goes on; the last one is 'review'. */
export async function* registering(phone: Phone): AsyncGenerator<string> {
  await phone.says('/daftar')
  for (const [question, answer] of ANSWERS) {
    yield question
    await answer(phone)
  }
  yield 'review'
}

/** Goes through registration from the start until this question is asked. */
export async function registersUntil(phone: Phone, question: string): Promise<void> {
  for await (const asked of registering(phone)) if (asked === question) return
}

/** Registers with what is needed, leaves the rest for later, and saves. */
export async function registers(phone: Phone): Promise<void> {
  await registersUntil(phone, 'product')
  await phone.taps('Sisanya nanti saja')
  await phone.taps('Simpan')
}
