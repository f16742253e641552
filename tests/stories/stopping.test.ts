// "Berhenti" may mean this form, all messages, or the clinic: the person is asked which.
import { describe, expect } from 'vitest'
import { registersUntil } from './support/registering.ts'
import { story } from './support/story.ts'

describe('"berhenti"', () => {
  story('in a form asks which: this form, all messages, or the clinic', async ({ person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'business-name')
    await sari.says('berhenti')
    expect(sari).toSee('Mau berhenti dari yang mana?')
    expect(sari.buttons().join()).toMatch(/Lanjut mengisi.*Simpan, lanjut nanti.*Hapus isian.*Jeda semua pesan.*Keluar dari klinik/)
    await sari.taps('Lanjut mengisi')
    expect(sari).toSee('Apa nama usaha Bu Sari?')
  })

  story('without a form asks about messages or the clinic, and can be called off', async ({ person }) => {
    const sari = person('Sari')
    await sari.says('stop')
    expect(sari).toSee('Mau berhenti dari yang mana?')
    expect(sari.buttons().join()).toMatch(/Jeda semua pesan.*Keluar dari klinik.*Tidak jadi/)
    await sari.taps('Tidak jadi')
    expect(sari).toSee('tidak apa-apa')
    expect(sari.isSpinning()).toBe(false)
  })

  story('leads to pausing or leaving', async ({ person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'business-name')
    await sari.says('berhenti')
    await sari.taps('Keluar dari klinik')
    expect(sari).toSee('hapus')
    expect(sari.isSpinning()).toBe(false)
  })
})
