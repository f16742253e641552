// A form with every kind of field, and the words people type for its options. No test changes it.
import { choiceField, choicesField, consentField, defineForm, dateField, numberField, phoneField, photoField, showingField, placeField, rupiahField, voiceField, textField, yesNoField, type Answers } from '../../src/conversation/form.ts'
import type { Words } from '../../src/conversation/turn.ts'

export const SAMPLE = defineForm({
  name: 'sample',
  version: 1,
  steps: {
    consent: consentField('clinic', { readMore: true, endsOn: false }),
    adult: yesNoField({ endsOn: false }),
    name: textField({ min: 2, max: 40 }),
    shop: textField({ min: 2, max: 60, noneAllowed: true }),
    sector: choiceField(['food', 'sewing', 'fishing'], { pageSize: 2 }),
    permit: choiceField(['have', 'not-yet', 'unknown'], { when: (answers) => answers['sector'] === 'food' }),
    village: placeField(),
    product: textField({ min: 2, max: 80, optional: true }),
    age: choiceField(['under-1', '1-3', 'over-3'], { optional: true, optionOfNumber: (years) => (years < 1 ? 'under-1' : years <= 3 ? '1-3' : 'over-3') }),
    sales: choiceField(['small', 'large'], { optional: true, optionOfRupiah: (rupiah) => (rupiah < 5_000_000 ? 'small' : 'large') }),
    channels: choicesField(['shop', 'whatsapp', 'market'], { optional: true }),
    revenue: rupiahField({ optional: true }),
    price: rupiahField({ optional: true, rangeAllowed: true }),
    hands: numberField({ min: 1, max: 500, optional: true }),
    opened: dateField({ only: 'past', optional: true }),
    picture: photoField({ optional: true }),
    story: voiceField({ optional: true }),
    shown: showingField({ max: 200, optional: true }),
    verdict: choiceField(['agree', 'doubt'], { lettered: true, optional: true }),
    phone: phoneField({ optional: true }),
    research: consentField('research', { optional: true }),
  },
})

/** The same form some months later: a step is gone, one is new, one lost an option, one is another kind of field. */
const { shop: _shop, ...kept } = SAMPLE.steps
export const SAMPLE_V2 = defineForm({
  ...SAMPLE,
  version: 2,
  steps: {
    consent: consentField('clinic', { readMore: true, endsOn: false }),
    nickname: textField({ min: 2, max: 20 }),
    ...kept,
    sector: choiceField(['food', 'sewing']),
    product: choicesField(['cake', 'chips'], { optional: true }),
  },
})

const OPTION_WORDS: Readonly<Record<string, readonly string[]>> = {
  food: ['Kuliner', 'warung makan', 'bakso'],
  sewing: ['Fesyen & jahit', 'penjahit'],
  fishing: ['Perikanan', 'nelayan'],
  have: ['Sudah ada'],
  'not-yet': ['Not yet'],
  unknown: ['Tidak tahu'],
  'under-1': ['Kurang dari setahun'],
  '1-3': ['Satu sampai tiga tahun'],
  'over-3': ['Lebih dari tiga tahun'],
  small: ['Di bawah Rp5 juta'],
  large: ['Rp5 juta ke atas'],
  shop: ['Toko sendiri'],
  agree: ['Saya setuju saja', 'A'],
  doubt: ['Saya masih ragu', 'B'],
  whatsapp: ['WhatsApp'],
  market: ['Pasar'],
  cake: ['Kue'],
  chips: ['Keripik'],
}

const STEP_WORDS: Readonly<Record<string, string>> = { name: 'Nama', sector: 'Bidang usaha', village: 'Desa', product: 'Produk utama', phone: 'Nomor HP' }

export const WORDS: Words = {
  option: (_step, option) => OPTION_WORDS[option] ?? [option],
  step: (step) => STEP_WORDS[step] ?? step,
  today: { year: 2026, month: 11, day: 23 },
}

/** An answer to every step that applies. */
export const COMPLETE: Answers = {
  consent: true, adult: true, name: 'Sari', shop: '', sector: 'food', permit: 'have', village: '35.07.26.2003', product: 'Keripik',
  age: '1-3', sales: 'small', channels: ['whatsapp'],
  revenue: 1_500_000, price: [500_000, 700_000], hands: 3, opened: '2020-05-17', picture: 'file-photo', story: 'file-voice', shown: ['words', 'Sudah dicoba'], verdict: 'agree', phone: '+6281234567890', research: false,
}

/** The answers given before `step` is asked for the first time. */
export function answersBefore(step: string): Answers {
  const steps = Object.keys(COMPLETE)
  if (!steps.includes(step)) throw new Error(`The sample form has no step "${step}".`)
  return Object.fromEntries(Object.entries(COMPLETE).slice(0, steps.indexOf(step)))
}

export function without(answers: Answers, ...steps: readonly string[]): Answers {
  return Object.fromEntries(Object.entries(answers).filter(([step]) => !steps.includes(step)))
}
