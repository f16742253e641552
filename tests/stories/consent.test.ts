// Tells what is kept before, with and without consent: nothing but the Telegram id, then exactly what was agreed to.
import { createHash } from 'node:crypto'
import { describe, expect } from 'vitest'
import { businessesOf, consentsOf, personOf, unfinishedOf } from './support/records.ts'
import { registersUntil } from './support/registering.ts'
import { hours, MONDAY_MORNING, story } from './support/story.ts'

const NOTHING_KNOWN = { given_name: null, honorific: null, adult: null, phone: null, time_zone: null, member_number: null }

describe('consent', () => {
  story('comes first: until then nothing is kept but the Telegram id', async ({ clinic, person }) => {
    const sari = person('Sari')
    await sari.starts()
    await sari.says('nama saya Sari, 0812 3456 7890')
    await sari.says('/daftar')
    expect(sari).toSee('Jangan mengirim foto KTP, NIK, PIN, atau kode OTP')
    await sari.says('Sari')
    await sari.sharesContact()
    expect(await personOf(clinic, sari)).toMatchObject({ telegram_id: sari.id, ...NOTHING_KNOWN })
    expect(await unfinishedOf(clinic, sari)).toMatchObject([{ form: 'registration', step: 'consent', answers: {} }])
    expect(await consentsOf(clinic, sari)).toEqual([])
  })

  story('can be read in full before deciding', async ({ clinic, person }) => {
    const sari = person('Sari')
    await sari.says('/daftar')
    await sari.taps('Baca lengkap')
    expect(sari).toSee('Penanggung jawab data: Nama Penanggung Jawab (contoh)')
    expect(sari).toSee('UU 27/2022')
    expect(sari.buttons()).toEqual(['✅ Setuju', 'Tidak', '📄 Baca lengkap'])
    expect(await consentsOf(clinic, sari)).toEqual([])
  })

  story('is given by a button, never by a stray word, and kept with its proof', async ({ clinic, person }) => {
    const sari = person('Sari')
    await sari.says('/daftar')
    await clinic.passes(hours(1))
    for (const word of ['ya', 'setuju', 'ok']) {
      await sari.says(word)
      expect(sari).toSee('Untuk persetujuan, mohon ketuk tombolnya, ya.')
    }
    expect(await consentsOf(clinic, sari)).toEqual([])
    const question = sari.chat().findLast((message) => message.from === 'bot')
    await sari.taps('Setuju')

    const [consent, ...others] = await consentsOf(clinic, sari)
    expect(others).toEqual([])
    expect(consent).toMatchObject({
      purpose: 'clinic', version: '2026-11-29', given_at: MONDAY_MORNING + hours(1), withdrawn_at: null, message_id: question?.messageId,
    })
    // What was sent: the remark and the progress stand above the text that is agreed to.
    const sent = clinic.simulator.world.calls().find(({ outcome }) => {
      return outcome.type === 'ok' && (outcome.result as { message_id?: number }).message_id === question?.messageId
    })
    const text = String(sent?.params['text'])
    const agreed = text.slice(text.indexOf('Selamat datang di'))
    expect(consent?.text_hash).toBe(createHash('sha256').update(agreed).digest('hex'))
  })

  story('each further consent is asked alone, off until given, and stored with its own proof', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'directory')
    await sari.says('ya')
    expect(sari).toSee('ketuk salah satu tombol')
    await sari.taps('Setuju')
    await sari.taps('Lewati')
    await sari.taps('Tidak')
    await sari.taps('Simpan')
    const consents = await consentsOf(clinic, sari)
    expect(consents.map(({ purpose }) => purpose)).toEqual(['clinic', 'directory'])
    expect(new Set(consents.map(({ text_hash }) => text_hash)).size).toBe(2)
    const audit = await clinic.reads((tx) => tx.selectFrom('audit').select(['action', 'detail']).where('action', 'like', 'consent-%').execute())
    expect(audit).toEqual([{ action: 'consent-given', detail: 'clinic' }, { action: 'consent-given', detail: 'directory' }])
  })

  story('declined, nothing is kept, and the door stays open', async ({ clinic, person }) => {
    const sari = person('Sari')
    await sari.says('/daftar')
    await sari.taps('Tidak')
    expect(sari).toSee('Tidak apa-apa, tidak ada yang disimpan.')
    expect(sari.menu()).toContain('📝 Daftar')
    expect(await unfinishedOf(clinic, sari)).toEqual([])
    expect(await consentsOf(clinic, sari)).toEqual([])
    expect(await personOf(clinic, sari)).toMatchObject(NOTHING_KNOWN)
    await sari.taps('Daftar')
    expect(sari).toSee('Apakah Bapak/Ibu setuju?')
  })

  story('of someone under 18 is taken back: no profile, and tips all the same', async ({ clinic, person }) => {
    const budi = person('Budi')
    await registersUntil(budi, 'adult')
    await budi.taps('Tidak')
    expect(budi).toSee('Terima kasih sudah memberi tahu.')
    expect(await consentsOf(clinic, budi)).toMatchObject([{ purpose: 'clinic', withdrawn_at: MONDAY_MORNING }])
    expect(await personOf(clinic, budi)).toMatchObject(NOTHING_KNOWN)
    expect(await unfinishedOf(clinic, budi)).toEqual([])
    expect(await businessesOf(clinic, budi)).toEqual([])
    await budi.taps('Tips')
    expect(budi).toSee('Coba hari ini')
    await budi.taps('Daftar')
    expect(budi).toSee('Apakah Bapak/Ibu setuju?')
  })

  story('all of it is taken back when she corrects her age, or throws the registration away', async ({ clinic, person }) => {
    const [budi, sari] = [person('Budi'), person('Sari')]
    await registersUntil(budi, 'review')
    await budi.taps('Ubah')
    await budi.taps('Usia 18 tahun ke atas')
    await budi.taps('Tidak')
    await registersUntil(sari, 'review')
    await sari.taps('Berhenti')
    await sari.taps('Hapus isian ini')
    for (const phone of [budi, sari]) {
      expect(await consentsOf(clinic, phone)).toMatchObject([
        { purpose: 'clinic', withdrawn_at: MONDAY_MORNING },
        { purpose: 'directory', withdrawn_at: MONDAY_MORNING },
      ])
      expect(await personOf(clinic, phone)).toMatchObject(NOTHING_KNOWN)
    }
  })
})
