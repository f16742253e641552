// How cases come to their end in stories.
import { packButton } from '../../../src/telegram/callback-data.ts'
import { CaseData } from '../../../src/cases/case-data.ts'
import { asksForHelp, volunteer } from './helper.ts'
import type { Phone } from './phone.ts'
import type { Scene } from './story.ts'

export const PROBLEM = 'Kode QRIS saya di warung tidak bisa dipindai pembeli'

/** Presses a button of a case by its data, offered or not: what a forged update does, too. */
export const presses = (phone: Phone, name: string, caseId = 1): Promise<void> => phone.forges(packButton(name, CaseData, { case: caseId }))

/** Budi helps Sari with a problem he has answered. */
export async function helped(scene: Scene): Promise<{ readonly budi: Phone; readonly sari: Phone }> {
  const budi = await volunteer(scene, 'Budi')
  const sari = scene.person('Sari')
  await asksForHelp(sari, PROBLEM)
  await budi.taps('Saya bantu')
  await budi.says('Coba bersihkan dulu stikernya, Bu')
  return { budi, sari }
}

/** The helper says how it came out, and writes nothing for others. */
export async function ends(helper: Phone, how = 'Masalahnya beres', caseId = 1): Promise<void> {
  await presses(helper, 'case-solved', caseId)
  await helper.taps(how)
}

/** A case that was helped with and closed, rated or not. */
export async function closed(scene: Scene): Promise<{ readonly budi: Phone; readonly sari: Phone }> {
  const both = await helped(scene)
  await ends(both.budi)
  await both.sari.taps('Ya, sudah terbantu')
  return both
}
