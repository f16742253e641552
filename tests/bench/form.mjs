// The form every contender asks: a start, twelve questions answered in words, a review, and "ya" to keep it.

/** Steps of the clinic's own registration, so that its texts can be shown. */
export const STEPS = ['name', 'honorific', 'business-name', 'sector', 'village', 'product', 'age', 'workers', 'sales', 'channels', 'nib', 'npwp']

/** What a person sends, one message after each answer of the bot. */
export const SCRIPT = ['/start survey_', ...STEPS.map((_, at) => `Warung Bu Sari nomor ${at + 1}`), 'ya']

/** The questions as a person reads them. */
export const QUESTIONS = [
  'Siapa nama panggilan Ibu?', 'Bagaimana Ibu ingin disapa?', 'Apa nama usaha Ibu?', 'Usaha Ibu di bidang apa?',
  'Di desa atau kelurahan mana usaha Ibu?', 'Apa yang paling banyak dijual?', 'Sudah berapa lama usaha ini berjalan?',
  'Berapa orang yang bekerja, termasuk Ibu?', 'Kira-kira berapa penjualan sebulan?', 'Lewat mana saja Ibu berjualan?',
  'Apakah usaha sudah punya NIB?', 'Apakah usaha sudah punya NPWP?',
]

/** The buttons under a question. */
export const CONTROLS = { inline_keyboard: [[{ text: '⬅️ Kembali', callback_data: 'back' }, { text: '⏸ Berhenti dulu', callback_data: 'stop' }]] }
export const SAVE = { inline_keyboard: [[{ text: '✅ Simpan', callback_data: 'save' }], ...CONTROLS.inline_keyboard] }

export function questionHtml(at) {
  return `Pertanyaan ${at + 1} dari ${QUESTIONS.length}\n\n<b>${QUESTIONS[at]}</b>`
}

export function answeredHtml(at, answer) {
  return `<b>${QUESTIONS[at]}</b>\n\n✅ <b>${answer}</b>`
}

export function reviewHtml(answers) {
  return `Mohon diperiksa dulu:\n\n${answers.map((answer, at) => `• ${QUESTIONS[at]}: <b>${answer}</b>`).join('\n')}\n\nSudah benar?`
}
