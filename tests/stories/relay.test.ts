// Tells how an owner and a volunteer talk through the clinic: every kind of message both ways, named, changed and taken back.
import { describe, expect } from 'vitest'
import type { MessageKind, SeenMessage } from '../../src/simulator/world.ts'
import { asksForHelp, volunteer } from './support/helper.ts'
import type { Media } from './support/media.ts'
import { becomesMember } from './support/member.ts'
import type { Phone } from './support/phone.ts'
import { days, hours, type Scene, story } from './support/story.ts'

const PROBLEM = 'Mesin jahit saya rusak'
const screen = (phone: Phone) => phone.chat().filter(({ deleted }) => !deleted).map(({ text, caption }) => text ?? caption ?? '').join('\n')
const bodyOf = ({ text, caption }: SeenMessage) => text ?? caption ?? ''

/** Sari's case, taken by Budi. */
async function talking(scene: Scene, { member = false, name = 'Sari' } = {}) {
  const budi = await volunteer(scene, 'Budi')
  const sari = scene.person(name)
  if (member) await becomesMember(scene.clinic, sari)
  await asksForHelp(sari, PROBLEM)
  await budi.taps('Saya bantu')
  return { budi, sari }
}

const KINDS: readonly (readonly [MessageKind, Media])[] = [
  ['photo', { photo: 'begini jahitannya' }],
  ['voice', { voice: 9 }],
  ['audio', { audio: 'rekaman', fileName: 'rahasia sari.mp3' }],
  ['video', { video: 'lihat ini' }],
  ['video_note', { videoNote: true }] as unknown as readonly [MessageKind, Media],
  ['animation', { animation: true }],
  ['document', { document: 'nota bu sari.pdf', caption: 'notanya' }],
  ['sticker', { sticker: '👍' }],
  ['location', { location: true }],
]

describe('what is sent in a case', () => {
  story('reaches the other side, of whatever kind; what a helper gets stays in that chat', async (scene) => {
    const { budi, sari } = await talking(scene)
    for (const [from, to, isProtected] of [[sari, budi, true], [budi, sari, false]] as const) {
      await from.says('Begini ceritanya')
      expect(to).toSee('Begini ceritanya')
      for (const [kind, media] of KINDS) {
        const before = to.chat().length
        await from.sends(media)
        const arrived = to.chat().slice(before).filter((message) => message.from === 'bot' && message.kind !== 'text')
        expect(arrived, JSON.stringify(media)).toHaveLength(1)
        expect(arrived[0]!.kind.replace('-', '_'), JSON.stringify(media)).toBe(kind)
        expect(arrived[0]!.protected, JSON.stringify(media)).toBe(isProtected)
        expect(arrived[0]!.forwarded).toBe(false)
        expect(arrived[0]!.file?.fileName ?? '').not.toContain('sari')
        expect(from).toSee('✓ Terkirim ke')
      }
    }
    const files = budi.chat().flatMap(({ file }) => file?.fileName ?? [])
    expect(files).toEqual(expect.arrayContaining(['berkas-permintaan-1.pdf', 'berkas-permintaan-1.mp3']))
  })

  story('as an album arrives as one', async (scene) => {
    const { budi, sari } = await talking(scene)
    await sari.sendsAlbum([{ photo: 'depan' }, { photo: 'belakang' }, { video: true }])
    await scene.clinic.passes(3000)
    const parts = budi.chat().filter(({ mediaGroupId }) => mediaGroupId !== undefined)
    expect(parts.map(({ kind }) => kind)).toEqual(['photo', 'photo', 'video'])
    expect(new Set(parts.map(({ mediaGroupId }) => mediaGroupId)).size).toBe(1)
    expect(parts.every((part) => part.protected)).toBe(true)
  })

  story('that is refused as a voice message arrives as a file', async (scene) => {
    const { budi, sari } = await talking(scene)
    sari.refusesVoice()
    const before = sari.chat().length
    await budi.sends({ voice: 9 })
    await scene.clinic.passes(hours(1))
    expect(sari.chat().slice(before).map(({ kind }) => kind)).toEqual(expect.arrayContaining(['document']))
  })

  story('names no account: mentions lose their link, and what she typed stays text', async (scene) => {
    const { budi, sari } = await talking(scene)
    await sari.says('Tanya <b>@sari_pecel</b> & {{you}} di https://contoh.com')
    const arrived = budi.chat().at(-1)!
    expect(bodyOf(arrived)).toContain('<b>')
    expect(arrived.entities.filter(({ type }) => type === 'mention' || type === 'text_mention')).toEqual([])
    expect(bodyOf(arrived)).toContain('{{you}} di https://contoh.com')
  })

  story('that is a contact goes only after a yes, which says what will be seen', async (scene) => {
    const { budi, sari } = await talking(scene)
    await sari.sends({ contact: { name: 'Bu Tini', phone: '6281399998888' } })
    expect(sari).toSee('Nomor di kontak ini akan terlihat oleh penerimanya. Tetap kirim?')
    expect(budi.received('contact')).toEqual([])
    await sari.taps('Jangan kirim')
    expect(sari).toSee('pesan tadi tidak dikirim')
    await sari.tapsAgain('Budi (1)')
    expect(sari.toast()).toContain('Tidak ada pesan yang menunggu')
    await sari.sends({ contact: { name: 'Bu Tini', phone: '6281399998888' } })
    await sari.taps('Budi')
    expect(budi.received('contact')).toHaveLength(1)
    await sari.tapsAgain('Budi (1)')
    expect(budi.chat().filter(({ kind }) => kind === 'contact')).toHaveLength(1)
  })

  story('reaches at night without a sound', async (scene) => {
    const { budi, sari } = await talking(scene)
    await budi.says('Selamat siang')
    const quiet = () => sari.chat().filter((message) => bodyOf(message).startsWith('💬')).map(({ silent }) => silent)
    expect(quiet()).toEqual([false])
    await sari.says('Siang')
    expect(budi).toSee('Siang')
    await scene.clinic.passes(hours(12.5))
    await budi.repliesTo('Siang', 'Selamat malam')
    expect(quiet()).toEqual([false, true])
  })

  story('warns both sides when it is about codes, papers or money', async (scene) => {
    const { budi, sari } = await talking(scene)
    await budi.taps('English')
    await budi.says('Kirim kode OTP-nya ya Bu')
    expect(sari).toSee(/Relawan kami tidak pernah meminta kode OTP[\s\S]*\[🚩 Laporkan\]/)
    expect(budi).toSee(/Please don't ask for|Please do not ask for/)
    expect(budi.buttons().some((label) => label.includes('Report'))).toBe(true)
    await sari.says('Transfer ke mana ya?')
    expect(sari).toSee('Hati-hati')
    expect(sari.buttons().some((label) => label.includes('Laporkan'))).toBe(true)
    await sari.says('Baik terima kasih infonya')
    expect(sari).not.toSee('Hati-hati')
  })

  story('twice by Telegram arrives once', async (scene) => {
    const { budi, sari } = await talking(scene)
    scene.clinic.simulator.faults.duplicateUpdates(true)
    await sari.says('Jarumnya bengkok')
    expect(screen(budi).match(/Jarumnya bengkok/g)).toHaveLength(1)
  })

  story('and not yet sent on when the clinic stops is there when it starts again', async (scene) => {
    const { budi, sari } = await talking(scene)
    await scene.clinic.stops()
    scene.clinic.simulator.world.sendText(sari.id, sari.id, 'Jarumnya bengkok')
    await scene.clinic.startsAgain({ after: hours(1) })
    expect(screen(budi)).toContain('Jarumnya bengkok')
  })
})

describe('a message finds its case', () => {
  story('by what it replies to; a plain one of a helper is named first and switched with one tap', async (scene) => {
    const budi = await volunteer(scene, 'Budi')
    const [sari, dewi] = [scene.person('Sari'), scene.person('Dewi')]
    for (const phone of [sari, dewi]) await becomesMember(scene.clinic, phone)
    await asksForHelp(sari, PROBLEM)
    await budi.taps('Saya bantu')
    await asksForHelp(dewi, 'Jahitan saya kurang rapi')
    await budi.taps('Saya bantu')
    // The last one taken is the one he talks with.
    await budi.says('Untuk Dewi')
    expect(screen(dewi)).toContain('Untuk Dewi')
    await budi.repliesTo(PROBLEM, 'Untuk Sari')
    expect(screen(sari)).toContain('Untuk Sari')
    await budi.says('Sekarang masih Sari')
    expect(screen(sari)).toContain('Sekarang masih Sari')
    await scene.clinic.passes(hours(2))
    await budi.says('Bagaimana kabarnya?')
    expect(budi).toSee('Pesan ini untuk siapa?')
    for (const phone of [sari, dewi]) expect(screen(phone)).not.toContain('Bagaimana kabarnya?')
    await budi.says('Sudah dicoba?')
    const toDewi = budi.buttons().find((label) => label.includes('(2)'))!
    await budi.taps(toDewi)
    expect(screen(dewi)).toMatch(/Bagaimana kabarnya\?[\s\S]*Sudah dicoba\?/)
    expect(screen(sari)).not.toContain('Bagaimana kabarnya?')
  })

  story('a reply to a message that shows no case is asked about', async (scene) => {
    const { budi } = await talking(scene)
    await budi.repliesTo('Halo', 'Ini untuk siapa ya')
    expect(budi).toSee(/Kirim pesan ini\?|Pesan ini untuk siapa\?/)
  })

  story('an owner needs no menu: whatever she writes goes to her only case, wishes for the clinic do not', async (scene) => {
    const { budi, sari } = await talking(scene)
    await scene.clinic.passes(hours(5))
    await sari.says('Sudah saya coba')
    expect(budi).toSee('Sudah saya coba')
    await sari.says('menu')
    expect(screen(budi)).not.toContain('menu')
    await sari.says('hapus data saya')
    expect(screen(budi)).not.toContain('hapus data')
  })

  story('closed meanwhile it asks whether to go on or to begin anew, and what was written is kept', async (scene) => {
    const { budi, sari } = await talking(scene)
    await budi.says('Ganti jarumnya')
    await sari.says('/kasus')
    await sari.taps('Nomor 1')
    await sari.taps('Sudah terbantu')
    await sari.says('Ternyata rusak lagi')
    expect(sari).toSee(/Permintaan nomor 1 sudah selesai. Pesan ini untuk melanjutkan yang itu, atau permintaan baru\?/)
    await sari.taps('Lanjut nomor 1')
    expect(screen(budi)).toContain('Ternyata rusak lagi')
    await sari.says('/kasus')
    await sari.taps('Nomor 1')
    await sari.taps('Sudah terbantu')
    await sari.says('Yang ini soal lain')
    await sari.taps('Buat permintaan baru')
    expect(sari).toSee('1 pesan sudah kami simpan')
    await sari.taps('Sudah, kirim')
    expect(sari).toSee('Yang ini soal lain')
    await budi.repliesTo('Mesin jahit', 'Masih di sini')
    expect(budi).toSee('sudah ditutup')
    expect(screen(sari)).not.toContain('Masih di sini')
  })

  story('held while its case is closed is not lost', async (scene) => {
    const budi = await volunteer(scene, 'Budi')
    const sari = scene.person('Sari')
    await asksForHelp(sari, PROBLEM)
    await budi.taps('Saya bantu')
    await sari.sends({ contact: { name: 'Bu Tini', phone: '6281399998888' } })
    await sari.says('/kasus')
    await sari.taps('Nomor 1')
    await sari.taps('Sudah terbantu')
    await sari.tapsAgain('Budi (1)')
    expect(sari).toSee('Permintaan nomor 1 sudah selesai')
    expect(budi.received('contact')).toEqual([])
    await sari.taps('Lanjut nomor 1')
    expect(budi.chat().filter(({ kind }) => kind === 'contact')).toHaveLength(1)
  })
})

describe('what was said', () => {
  story('can be changed: the copy changes with it, or the new words are announced', async (scene) => {
    const { budi, sari } = await talking(scene)
    await sari.says('Jarumnya patah')
    await sari.edits('Jarumnya patah', 'Jarumnya bengkok')
    expect(screen(budi)).toContain('Jarumnya bengkok')
    expect(screen(budi)).not.toContain('Jarumnya patah')
    expect(sari).toSee('Pesan di nomor 1 sudah diganti')
    await sari.sends({ photo: 'ini jarum' })
    await sari.edits('ini jarum', 'ini sekoci')
    expect(budi.chat().find(({ kind }) => kind === 'photo')?.caption).toContain('ini sekoci')
    // What she told before anyone had it can be changed too.
    await sari.edits(PROBLEM, 'Mesin obras saya rusak')
    expect(screen(budi)).toContain('Mesin obras saya rusak')
    // Longer than one message holds.
    await sari.edits('Jarumnya bengkok', `Jarumnya ${'sangat '.repeat(600)}bengkok`.slice(0, 4096))
    expect(screen(budi)).toContain('sangat sangat')
  })

  story('can not be changed after it is over', async (scene) => {
    const { budi, sari } = await talking(scene)
    await budi.says('Ganti jarumnya')
    await sari.says('/kasus')
    await sari.taps('Nomor 1')
    await sari.taps('Sudah terbantu')
    await budi.edits('Ganti jarumnya', 'Kirim uang ke sini')
    expect(budi).toSee('sudah tidak bisa diganti')
    expect(screen(sari)).not.toContain('Kirim uang')
  })

  story('can be taken back, once, by who said it; after two days what can’t be taken back is said', async (scene) => {
    const { budi, sari } = await talking(scene)
    await sari.says('Jangan bilang siapa-siapa')
    const said = (await scene.clinic.reads((tx) => tx.selectFrom('case_message').select('id').orderBy('id', 'desc').executeTakeFirstOrThrow())).id
    await budi.forges(`relay-withdraw:${said}`)
    expect(budi.toast()).toContain('bukan kiriman')
    await sari.taps('Tarik pesan')
    expect(sari).toSee('Pesan sudah ditarik.')
    expect(screen(budi)).not.toContain('Jangan bilang')
    expect(await scene.clinic.reads((tx) => tx.selectFrom('case_message').select('body').where('id', '=', said).executeTakeFirst())).toEqual({ body: '' })
    await sari.tapsAgain('Tarik pesan')
    expect(sari.toast()).toContain('sudah ditarik')
    await sari.says('Yang ini lama')
    await scene.clinic.passes(days(2))
    await sari.tapsAgain('Tarik pesan')
    expect(sari).toSee('Salinan yang lebih dari dua hari tetap ada di HP penerima')
    expect(screen(budi)).toContain('Yang ini lama')
  })

  story('as an album is confirmed once and taken back whole', async (scene) => {
    const { budi, sari } = await talking(scene)
    const before = sari.chat().length
    for (const part of [{ photo: 'depan' }, { photo: 'belakang' }, { photo: 'samping' }]) {
      await sari.sends({ ...part, album: '7' })
      await scene.clinic.passes(300)
    }
    await scene.clinic.passes(3000)
    expect(sari.chat().slice(before).filter(({ text }) => text?.includes('Terkirim ke Budi'))).toHaveLength(1)
    expect(screen(budi)).toMatch(/depan[\s\S]*belakang[\s\S]*samping/)
    await sari.taps('Tarik pesan')
    for (const words of ['depan', 'belakang', 'samping']) expect(screen(budi)).not.toContain(words)
    expect(await scene.clinic.reads((tx) => tx.selectFrom('case_message').select('id').where('withdrawn_at', 'is not', null).execute())).toHaveLength(3)
    await sari.tapsAgain('Tarik pesan')
    expect(sari.toast()).toContain('sudah ditarik')
  })

  story('of more than one message holds is taken back whole', async (scene) => {
    const { budi, sari } = await talking(scene)
    await sari.says(`${'sangat '.repeat(584)}rahasia`)
    expect(screen(budi)).toContain('rahasia')
    await sari.taps('Tarik pesan')
    expect(screen(budi)).not.toContain('rahasia')
    expect(screen(budi)).not.toContain('sangat sangat')
  })
})

describe('someone who can not be reached', () => {
  story('is named to the other side, and what was said waits for them', async (scene) => {
    const { budi, sari } = await talking(scene)
    scene.clinic.simulator.world.blockBot(sari.id)
    await scene.clinic.settled()
    await budi.says('Ganti jarumnya')
    expect(budi).toSee('Disimpan di percakapan nomor 1. Yang dituju sedang tidak bisa dihubungi')
    scene.clinic.simulator.world.unblockBot(sari.id)
    await sari.says('Saya kembali')
    expect(budi).toSee('Saya kembali')
    scene.clinic.simulator.world.blockBot(budi.id)
    await scene.clinic.settled()
    await sari.says('Bagaimana ya?')
    expect(sari).toSee('Yang dituju sedang tidak bisa dihubungi')
    for (const waits of [6, 5, 16]) await scene.clinic.passes(hours(waits))
    expect(sari).toSee('kami carikan relawan lain')
  })
})
