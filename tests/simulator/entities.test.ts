import { describe, expect, it } from 'vitest'
import { findEntities, mergeEntities, tidyText } from '../../src/simulator/entities.ts'

describe('entities Telegram finds by itself', () => {
  it.each([
    ['/start abc', [['bot_command', '/start']]],
    ['/bantuan@klinik_bot ya', [['bot_command', '/bantuan@klinik_bot']]],
    ['lihat /profil, lalu /batal.', [['bot_command', '/profil'], ['bot_command', '/batal']]],
    ['dan/atau 1/2', []],
    ['halo @sari_99!', [['mention', '@sari_99']]],
    ['sari@warung.id', [['email', 'sari@warung.id']]],
    ['buka https://oss.go.id/daftar?x=1.', [['url', 'https://oss.go.id/daftar?x=1']]],
    ['buka oss.go.id ya', [['url', 'oss.go.id']]],
    ['t.me/klinik_bot?start=a', [['url', 't.me/klinik_bot?start=a']]],
    ['#kuliner #2026', [['hashtag', '#kuliner']]],
    ['telepon +62 812 3456 7890', [['phone_number', '+62 812 3456 7890']]],
    ['Rp 5.000.000 per bulan', []],
    ['kue.enak', []],
  ])('%s', (text, expected) => {
    expect(findEntities(text).map(({ type, offset, length }) => [type, text.slice(offset, offset + length)])).toEqual(expected)
  })

  it('stay out of links and code, and join the given ones in order', () => {
    const given = [{ type: 'text_link' as const, offset: 0, length: 6, url: 'https://a.id' }]
    expect(mergeEntities('oss.id /daftar', given)).toEqual([...given, { type: 'bot_command', offset: 7, length: 7 }])
  })
})

it('a text loses the space around it, and its entities follow', () => {
  expect(tidyText('  a b \t ', [{ type: 'bold', offset: 0, length: 3 }, { type: 'italic', offset: 5, length: 3 }])).toEqual({
    text: 'a b', entities: [{ type: 'bold', offset: 0, length: 1 }],
  })
})
