// Holds that what an owner taps under a tip counts once, ticks her plan whenever it does, and that she can ask why she was given just this one.
import { describe, expect } from 'vitest'
import { loadTips } from '../../src/content/tips.ts'
import { dataFile } from '../content/samples.ts'
import { becomesMember, checks } from './support/member.ts'
import { story } from './support/story.ts'

const TIPS = loadTips(dataFile('tips.yaml'))

describe('under a tip', () => {
  story('"tried" ticks a step of the plan also when she had tried it before there was a plan, and a second tap ticks nothing', async ({ clinic, person }) => {
    const sari = person('Sari')
    await becomesMember(clinic, sari)
    const tip = TIPS.find(({ area, level }) => area === 'promosi' && level === 'pemula')!
    await sari.forges(`tip-tried:${tip.id}`)
    expect(sari).toSee('Sudah kami catat.')
    await checks(sari, 'DDDD DDDD AA BBBC DDDD')
    await sari.taps('Lihat rencana')
    expect(sari).toSee(tip.title)
    await sari.forges(`tip-tried:${tip.id}`)
    expect(sari).toSee('▰▱▱ 1 dari 3')
    await sari.forges(`tip-tried:${tip.id}`)
    expect(sari.toast()).toBe('Sudah tercatat sebelumnya.')
    await sari.forges('tip-tried:no-such-tip')
    expect(sari.toast()).toBe('Tip ini sedang kami perbarui.')
  })

  story('reading on and "later", tapped twice, bring one answer', async ({ clinic, person }) => {
    const sari = person('Sari')
    await becomesMember(clinic, sari)
    await sari.says('/tips')
    const tipsOnPhone = () => sari.chat().filter(({ from, text = '' }) => from === 'bot' && text.startsWith('💡 ')).length
    await sari.taps('Baca caranya')
    expect(tipsOnPhone()).toBe(2)
    await sari.tapsAgain('Baca caranya')
    expect(sari.toast()).toBe('Sedang dikirim, sebentar ya.')
    expect(tipsOnPhone()).toBe(2)
    await sari.taps('Nanti')
    expect(sari).toSee('Tip ini datang lagi lain kali.')
    const said = sari.chat().length
    await sari.tapsAgain('Nanti')
    expect(sari.toast()).toContain('Tip ini datang lagi lain kali.')
    expect(sari.chat()).toHaveLength(said)
  })

  story('she asks why just this one, also of one she asked for herself', async ({ clinic, person }) => {
    const sari = person('Sari')
    await becomesMember(clinic, sari)
    await sari.says('/tips')
    await sari.taps('Kenapa tip ini?')
    expect(sari).toSee('Tip ini dipilih karena mudah untuk permulaan.')
    await checks(sari, 'DDDD DDDD AA BBBC DDDD')
    await sari.taps('Lihat rencana')
    await sari.says('/tips')
    await sari.taps('Kenapa tip ini?')
    expect(sari).toSee('Tip ini dipilih karena ada di rencana Bu Sari.')
    const said = sari.chat().length
    await sari.forges('tip-why:nonsense')
    expect(sari.isSpinning()).toBe(false)
    expect(sari.chat()).toHaveLength(said)
  })

  story('what did not suit her in her plan is never a tip, what she did there is no new one, and what did not suit her as a tip is no step', async ({ clinic, person }) => {
    const sari = person('Sari')
    await becomesMember(clinic, sari)
    const unsuited = TIPS.find(({ area, level }) => area === 'promosi' && level === 'pemula')!
    await sari.forges(`tip-unsuited:${unsuited.id}`)
    await checks(sari, 'DDDD DDDD AA BBBC DDDD')
    await sari.taps('Lihat rencana')
    expect(sari).not.toSee(unsuited.title)
    const steps = await clinic.reads((tx) => tx.selectFrom('plan_step').select(['id', 'tip']).orderBy('id').execute())
    await sari.forges(`plan-done:${steps[0]!.id}`)
    await sari.forges(`plan-swap:${steps[1]!.id}`)
    const known = [unsuited.id, steps[0]!.tip, steps[1]!.tip].map((id) => TIPS.find((tip) => tip.id === id)!.title)
    const seen: string[] = []
    for (let at = 0; at < TIPS.length; at += 1) {
      await sari.says('/tips')
      if (sari.news().includes('untuk dibaca lagi')) break
      seen.push(sari.news())
    }
    expect(seen.length).toBeGreaterThan(10)
    expect(seen.length).toBeLessThan(TIPS.length)
    expect(known.filter((title) => seen.some((text) => text.includes(`💡 ${title}\n`)))).toEqual([])
  })
})
