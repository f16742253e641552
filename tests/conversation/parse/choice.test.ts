// What typed text chooses among the options of a question, and when it is asked back instead.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matchChoice, matchChoices, type Option } from '../../../src/conversation/parse/choice.ts'

const option = (id: string, label: string, ...aliases: string[]): Option => ({ id, label, aliases })
const SECTORS = [
  option('food', 'Kuliner siap saji', 'warung', 'katering', 'kopi'),
  option('packed', 'Makanan/minuman kemasan', 'keripik', 'kue kering'),
  option('clothes', 'Fesyen & jahit', 'batik', 'konveksi'), option('craft', 'Kerajinan'),
  option('farm', 'Pertanian & kebun', 'sayur', 'kopi'), option('cattle', 'Peternakan'), option('fish', 'Perikanan'),
  option('other', 'Lainnya'),
]
const PERMIT = [
  option('have', 'Sudah'), option('none', 'Belum'), option('pending', 'Sedang diurus'),
  option('unknown', 'Tidak tahu'),
]
const WORKERS = ['1 orang', '2-4 orang', '5-19 orang', '20+ orang'].map((label) => option(label, label))
const SALES = ['<5 juta', '5-15 juta', '15-40 juta', '>165 juta', 'Tidak mau menjawab'].map((label) => option(label, label))
const LETTERS = [option('first', 'Belum pernah', 'a'), option('second', 'Kadang', 'b')]
const CHANNELS = [
  option('near', 'Tetangga'), option('shop', 'Toko'), option('market', 'Pasar'), option('wa', 'WhatsApp'),
  option('online', 'Marketplace', 'shopee', 'tokopedia'), option('social', 'Media sosial', 'instagram', 'facebook'),
]

describe('matchChoice', () => {
  it.each([
    { typed: 'Kuliner siap saji', id: 'food' }, { typed: '🍜 kuliner SIAP saji!', id: 'food' },
    { typed: 'fesyen & jahit', id: 'clothes' }, { typed: 'fesyen dan jahit', id: 'clothes' },
    { typed: 'kul', id: 'food' }, { typed: 'minuman kemasan', id: 'packed' },
    { typed: 'makanan', id: 'packed' }, { typed: 'jahit', id: 'clothes' }, { typed: 'lain', id: 'other' },
    { typed: 'keripik bu', id: 'packed' }, { typed: 'saya jualan keripik singkong', id: 'packed' },
    { typed: 'usaha saya batik', id: 'clothes' },
    { typed: '1', id: 'food' }, { typed: '2.', id: 'packed' }, { typed: '2️⃣', id: 'packed' },
    { typed: '#3', id: 'clothes' }, { typed: 'no. 3', id: 'clothes' }, { typed: 'nomor dua', id: 'packed' },
    { typed: 'dua', id: 'packed' }, { typed: 'yang ke dua', id: 'packed' },
    { typed: 'ketiga', id: 'clothes' }, { typed: 'yang pertama', id: 'food' }, { typed: 'ke-2', id: 'packed' },
    { typed: 'yang terakhir aja', id: 'other' }, { typed: 'saya pilih nomor 4', id: 'craft' },
    { typed: 'krajinan', id: 'craft' }, { typed: 'pertanain', id: 'farm' }, { typed: 'batk', id: 'clothes' },
  ])('$typed is $id', ({ typed, id }) => expect(matchChoice(typed, SECTORS)).toEqual({ type: 'one', id }))

  it.each([
    { typed: 'kopi', ids: ['food', 'farm'] }, { typed: 'per', ids: ['farm', 'fish'] },
    { typed: 'keripik sama batik', ids: ['packed', 'clothes'] },
  ])('$typed is asked back', ({ typed, ids }) => expect(matchChoice(typed, SECTORS)).toEqual({ type: 'ask', ids }))

  it.each([
    '', '9', '0', 'nomor 20', 'b', 'bukan kuliner', 'tidak', 'roket', '🙏',
  ])('%j fits none', (typed) => expect(matchChoice(typed, SECTORS)).toEqual({ type: 'none' }))

  it.each([
    { typed: 'udah', id: 'have' }, { typed: 'sudah punya', id: 'have' }, { typed: 'sudh', id: 'have' },
    { typed: 'blm', id: 'none' }, { typed: 'blm bu', id: 'none' }, { typed: 'sedang', id: 'pending' },
    { typed: 'gak tau', id: 'unknown' }, { typed: 'blm punya', id: 'none' }, { typed: 'belum ada bu', id: 'none' },
  ])('$typed about a permit is $id', ({ typed, id }) => expect(matchChoice(typed, PERMIT)).toEqual({ type: 'one', id }))

  it.each(['tidak', 'tahu', 'belum tahu'])('a bare "%s" is not "tidak tahu"', (typed) => expect(matchChoice(typed, PERMIT)).toEqual({ type: 'none' }))

  it.each([
    { typed: 'bu', id: 'Bu Sari' }, { typed: 'bu aja', id: 'Bu Sari' }, { typed: 'pak', id: 'Pak Sari' }, { typed: 'ibu sari', id: 'Bu Sari' },
  ])('a bare "$typed" is the address $id', ({ typed, id }) => {
    const addresses = [option('Bu Sari', 'Bu Sari', 'Ibu', 'Ibu Sari'), option('Pak Sari', 'Pak Sari', 'Bapak')]
    expect(matchChoice(typed, addresses)).toEqual({ type: 'one', id })
  })

  it('takes letters only where an option offers them', () => {
    expect(matchChoice('B.', LETTERS)).toEqual({ type: 'one', id: 'second' })
    expect(matchChoice('yang a', LETTERS)).toEqual({ type: 'one', id: 'first' })
    expect(matchChoice('c', LETTERS)).toEqual({ type: 'none' })
  })

  it('asks back a bare number beside labels with numbers, unless position and label agree', () => {
    expect(matchChoice('1', WORKERS)).toEqual({ type: 'one', id: '1 orang' })
    expect(matchChoice('3', WORKERS)).toEqual({ type: 'ask', ids: ['2-4 orang', '5-19 orang'] })
    expect(matchChoice('nomor 3', WORKERS)).toEqual({ type: 'one', id: '5-19 orang' })
    expect(matchChoice('5-19', WORKERS)).toEqual({ type: 'one', id: '5-19 orang' })
  })

  it.each([
    { typed: '5-15jt', id: '5-15 juta' }, { typed: '<5 jt', id: '<5 juta' },
    { typed: 'kurang dari 5 juta', id: '<5 juta' }, { typed: 'lebih dari 165 juta', id: '>165 juta' },
    { typed: 'gak mau menjawab', id: 'Tidak mau menjawab' },
  ])('$typed is the band $id', ({ typed, id }) => expect(matchChoice(typed, SALES)).toEqual({ type: 'one', id }))

  it('asks which band starts or ends at an amount', () => expect(matchChoice('5 juta', SALES)).toEqual({ type: 'ask', ids: ['<5 juta', '5-15 juta'] }))

  it('finds a label of signs alone, and copies of a label', () => {
    expect(matchChoice(' 👌 ', [option('ok', '👌'), option('no', '🙏')])).toEqual({ type: 'one', id: 'ok' })
    expect(matchChoice('sidomulyo', [option('1', 'Sidomulyo'), option('2', 'Sidomulyo')])).toEqual({ type: 'ask', ids: ['1', '2'] })
  })

  it('finds every option by its label, its position, and its label with two letters swapped', () => {
    fc.assert(fc.property(fc.nat(SECTORS.length - 1), fc.nat(), (index, seed) => {
      const { id, label } = SECTORS[index] ?? option('', '')
      const at = 1 + (seed % (label.length - 2))
      const swapped = label.slice(0, at) + label.charAt(at + 1) + label.charAt(at) + label.slice(at + 2)
      expect(matchChoice(label.toUpperCase(), SECTORS)).toEqual({ type: 'one', id })
      expect(matchChoice(String(index + 1), SECTORS)).toEqual({ type: 'one', id })
      if (!/[ /&]/.test(label)) expect(matchChoice(swapped, SECTORS)).toEqual({ type: 'one', id })
    }))
  })
})

describe('matchChoices', () => {
  it.each([
    { typed: '1, 3 dan 5', ids: ['near', 'market', 'online'] },
    { typed: '1 3 5', ids: ['near', 'market', 'online'] }, { typed: '3,1', ids: ['near', 'market'] },
    { typed: '2-4', ids: ['shop', 'market', 'wa'] }, { typed: 'WA sama tetangga', ids: ['near', 'wa'] },
    { typed: 'wa tetangga pasar', ids: ['near', 'market', 'wa'] },
    { typed: 'lewat WA dan IG', ids: ['wa', 'social'] }, { typed: 'shopee & tokopedia', ids: ['online'] },
    { typed: 'pasar/toko', ids: ['shop', 'market'] }, { typed: 'pasr, tetanga', ids: ['near', 'market'] },
    { typed: 'wa saja', ids: ['wa'] }, { typed: 'nomor 2', ids: ['shop'] },
    { typed: 'semua', ids: CHANNELS.map(({ id }) => id) },
  ])('$typed is $ids', ({ typed, ids }) => expect(matchChoices(typed, CHANNELS)).toEqual({ type: 'several', ids }))

  it('keeps a label with a joining word whole', () => expect(matchChoices('fesyen & jahit', SECTORS)).toEqual({ type: 'several', ids: ['clothes'] }))

  it('tells what is sure, what is unclear and what is unknown', () => {
    expect(matchChoices('batik, kopi, roket', SECTORS)).toEqual({ type: 'ask', sure: ['clothes'], ids: ['food', 'farm'], unknown: ['roket'] })
  })

  it.each([
    '', 'roket', '7, 9', '🙏',
  ])('%j fits none', (typed) => expect(matchChoices(typed, CHANNELS)).toEqual({ type: 'none' }))

  it('finds any set of options by their positions and by their labels', () => {
    fc.assert(fc.property(fc.subarray(CHANNELS, { minLength: 1 }), fc.constantFrom(', ', ' dan ', ' sama ', ' & ', '\n'), (chosen, join) => {
      const several = { type: 'several', ids: chosen.map(({ id }) => id) }
      expect(matchChoices(chosen.map(({ label }) => label).join(join), CHANNELS)).toEqual(several)
      expect(matchChoices(chosen.map((one) => CHANNELS.indexOf(one) + 1).join(join), CHANNELS)).toEqual(several)
    }))
  })
})
