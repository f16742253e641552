import { expect } from 'vitest'
import { story, hours, days } from './support/story.ts'
import { registersUntil, registers } from './support/registering.ts'
const tale = (name: string, question: string, deeds: (string | [string, string])[]) => story(name, async ({ person, clinic }) => {
  const sari = person('Sari')
  const p = (l: string) => console.log(`@@ ${name} / ${l}\n${sari.news()}\n   MENU ${sari.menu().join(' | ')}  TOAST ${sari.toast()} ${sari.isSpinning() ? 'SPIN' : ''}`)
  if (question === 'member') await registers(sari)
  else if (question) await registersUntil(sari, question)
  for (const deed of deeds) {
    try {
    if (typeof deed === 'string') await sari.says(deed)
    else if (deed[0] === 'tap') await sari.taps(deed[1])
    else if (deed[0] === 'again') await sari.tapsAgain(deed[1])
    else if (deed[0] === 'forge') await sari.forges(deed[1])
    else if (deed[0] === 'sticker') await sari.sendsSticker()
    else if (deed[0] === 'photo') await sari.sendsPhoto()
    else if (deed[0] === 'start') await sari.starts()
    else if (deed[0] === 'contact') await sari.sharesContact({userId: Number(deed[1]) || null})
    } catch (e) { console.log('ERR', String(e)) }
    p(JSON.stringify(deed))
  }
  console.log('CONV', JSON.stringify(await clinic.reads(tx => tx.selectFrom('conversation').selectAll().execute())))
  console.log('FAILED', JSON.stringify(await clinic.reads(tx => tx.selectFrom('failed_update').select(['error', 'outcome']).execute())))
  console.log('DEAD', JSON.stringify(await clinic.reads(tx => tx.selectFrom('outbox').selectAll().where('state', 'not in', ['sent','superseded']).execute())))
})
tale('unknowncmd', 'name', ['/foo', '/help', '/Daftar', '/profil', '/start', '/batal', 'tidak'])
tale('reviewstale', 'review', [['again', 'Setuju'], ['again', 'Tidak'], 'ya ya', 'salah', 'Nama usaha', ['tap', 'Kembali'], ['tap', 'Ubah'], ['tap', 'Nama panggilan'], ['tap', 'Tetap']])
tale('nameattack', 'name', ['<b>Sari</b> & "Co" {{operator}} {fact.iasc} $t(home.sorry)', ['tap', 'Bu'], "Robert'); DROP TABLE person;--", 'x'.repeat(4096), ['sticker',''], ['photo','']])
tale('three', 'name', ['s', '👍', 'ya', ['tap', 'Tanya orang']])
tale('idle', '', ['halo', 'makasih', 'tolong', 'bingung', 'saya kena tipu, uang saya hilang', 'asdf qwer', ['sticker', ''], 'daftar', ['tap', 'Tidak']])
tale('member', 'member', ['/start', 'halo', 'hapus data', 'keluar klinik', '/daftar', ['tap','Tambah usaha'], ['tap', 'Berhenti'], ['tap', 'Hapus'], '/lanjut', '/batal'])
