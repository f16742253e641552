// Canned answers are found by the beginnings of words, titles first.
import { describe, expect, it } from 'vitest'
import { searchCanned } from '../../../src/features/desk-tools/searching.ts'

const ANSWERS = [
  { title: 'Foto produk', body: 'Foto di dekat jendela' },
  { title: 'Izin NIB', body: 'Urus di situs resmi, siapkan KTP' },
  { title: 'Minta foto', body: 'Boleh kirim fotonya?' },
  { title: 'Salam', body: 'Terima kasih, kirim foto KTP jangan' },
]

describe('a search for a ready answer', () => {
  it.each([
    { typed: '', finds: ['Foto produk', 'Izin NIB', 'Minta foto', 'Salam'] },
    { typed: '  ??? ', finds: ['Foto produk', 'Izin NIB', 'Minta foto', 'Salam'] },
    { typed: 'FOTO', finds: ['Foto produk', 'Minta foto', 'Salam'] },
    { typed: 'foto prod', finds: ['Foto produk'] },
    { typed: 'ktp', finds: ['Izin NIB', 'Salam'] },
    { typed: 'oto', finds: [] },
    { typed: 'nib terbang', finds: [] },
  ])('"$typed" finds $finds', ({ typed, finds }) => {
    expect(searchCanned(ANSWERS, typed).map(({ title }) => title)).toEqual(finds)
  })
})
