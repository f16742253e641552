// What people type for an option besides its label.
import { describe, expect } from 'vitest'
import { unfinishedOf } from './support/records.ts'
import { registersUntil } from './support/registering.ts'
import { story } from './support/story.ts'

describe('words people use', () => {
  story('name several channels at once', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'channels')
    await sari.says('shopee, ig sama gofood')
    expect(await unfinishedOf(clinic, sari)).toMatchObject([{ answers: { channels: ['marketplace', 'social', 'delivery'] } }])
  })

  story('say how far a permit is', async ({ clinic, person }) => {
    const sari = person('Sari')
    await registersUntil(sari, 'nib')
    await sari.says('lagi ngurus')
    expect(await unfinishedOf(clinic, sari)).toMatchObject([{ answers: { nib: 'in-progress' } }])
  })
})
