// Finding the village: a list, a word that narrows it, another village, and nonsense.
import { describe, expect } from 'vitest'
import { registersUntil } from './support/registering.ts'
import { story } from './support/story.ts'

describe('after a list of villages was shown', () => {
  story('a sub-district or regency narrows it', async ({ person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'village')
    await sari.says('sidomulyo')
    expect(sari).toSee('Nama ini ada di banyak tempat')
    await sari.says('batu')
    expect(sari.buttons().filter((label) => label.includes('Sidomulyo'))).toEqual(['Desa Sidomulyo, Kec. Batu, Kota Batu'])
  })

  story('another village is a new search', async ({ person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'village')
    await sari.says('sidomulyo batu')
    await sari.says('pujon kidul')
    const offered = sari.buttons().filter((label) => label.includes('Kec.'))
    expect(offered).toContain('Desa Pujon Kidul, Kec. Pujon, Kab. Malang')
    expect(offered.filter((label) => label.includes('Sidomulyo'))).toEqual([])
  })

  story('what is no place is said to be not found', async ({ person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'village')
    await sari.says('sidomulyo batu')
    await sari.says('xyzzq')
    expect(sari).toSee('belum ketemu')
  })
})
