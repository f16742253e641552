// Holds that the beginning of a tip ends where a sentence ends.
import { describe, expect, it } from 'vitest'
import { loadTips } from '../../../src/content/tips.ts'
import { leadOf } from '../../../src/features/tips/tip-message.ts'
import { dataFile } from '../../content/samples.ts'

describe('the lead of a tip', () => {
  it.each([
    ['is two sentences', 'Satu. Dua! Tiga?', 'Satu. Dua!'],
    ['is the whole of a short body', 'Hanya satu.', 'Hanya satu.'],
    ['does not end in an address', 'Cek di oss.go.id dulu. Lalu catat. Lalu tanya.', 'Cek di oss.go.id dulu. Lalu catat.'],
    ['nor in the name of a file', 'Jangan buka .apk dari chat. Hapus saja. Lapor.', 'Jangan buka .apk dari chat. Hapus saja.'],
    ['nor in an amount', 'Modal Rp10.000. Jual Rp15.000. Untung.', 'Modal Rp10.000. Jual Rp15.000.'],
    ['keeps what is quoted together', 'Tulis "Siap, Bu." Lalu kirim. Selesai.', 'Tulis "Siap, Bu." Lalu kirim.'],
  ])('%s', (_, body, lead) => {
    expect(leadOf(body)).toBe(lead)
  })

  it('is, of every tip we have, followed by a new sentence or nothing', () => {
    for (const { body, id } of loadTips(dataFile('tips.yaml'))) {
      const flat = body.replaceAll(/\{fact\.[a-z0-9_]+\}/g, '')
      const lead = leadOf(flat)
      expect(`${id}: ${flat.slice(flat.indexOf(lead) + lead.length)}`).toMatch(/^[^:]+: (?:$|\s)/)
    }
  })
})
