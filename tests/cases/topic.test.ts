// What a request is about, as its words suggest.
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { suggestTopic } from '../../src/cases/topic.ts'
import { loadHelpTopics } from '../../src/content/help-topics.ts'
import { packageRoot } from '../../src/package-root.ts'

const topics = loadHelpTopics(join(packageRoot(), 'data/help-topics.yaml'))
const suggested = (text: string) => suggestTopic(text, topics)?.id

describe('what owners type', () => {
  it.each([
    ['Kode QRIS saya di warung tidak bisa dipindai pembeli', 'qris'],
    ['gimana cara urus NIB sama sertifikat halal ya bu', 'izin'],
    ['untung rugi gak pernah dicatat, bingung modal kemana', 'catatan'],
    ['foto produk saya gelap dan buram', 'foto'],
    ['WA saya kok ga bisa bikin katalog', 'whatsapp'],
    ['mau pinjam KUR di bank, bunganya berapa', 'pinjaman'],
    ['saya ketipu, dikirimi bukti transfer palsu', 'penipuan'],
    ['lokasi usaha belum ada di google maps', 'peta'],
    ['akun shopee: ongkir mahal, kurir lama', 'toko-online'],
    ['HP lemot memori penuh', 'hp'],
    ['harga jual kalah sama pesaing', 'harga'],
    ['lupa kata sandi, tidak bisa masuk akun', 'akun'],
    ['pelanggan marah, komplain terus', 'pembeli'],
    ['bikin konten tiktok buat promosi', 'promosi'],
    ['logo dan kemasan belum punya merek', 'merek'],
  ])('%s: %s', (text, topic) => expect(suggested(text)).toBe(topic))

  it.each(['', 'halo', 'mesin jahit saya rusak', '???', '😢', 'kadang', 'nibung'])('tells nothing: "%s"', (text) => expect(suggested(text)).toBeUndefined())

  it('a phrase weighs more than one word of another topic', () => {
    expect(suggested('transfer palsu di warung, qris juga')).toBe('penipuan')
  })
})

it.each(topics.map((topic) => [topic.id, topic] as const))('every word of "%s" can lead somewhere', (_, topic) => {
  expect(topic.words.filter((word) => suggestTopic(word, [topic]) === undefined)).toEqual([])
})
