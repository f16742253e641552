// What the tests of the import share: a small session store written by telegraf-session-local itself, and the registration form to read it by.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { loadClinic } from '../../src/content/clinic.ts'
import { loadSectors } from '../../src/content/sectors.ts'
import { createRegistration } from '../../src/features/registration/feature.ts'
import { createTranslator } from '../../src/i18n/translator.ts'
import type { Reading } from '../../src/operations/import-sessions/answers.ts'
import { createOptionWords } from '../../src/operations/import-sessions/option-words.ts'
import { findVillage } from '../../src/operations/import-sessions/village.ts'
import { packageRoot } from '../../src/package-root.ts'
import { createVillages } from '../../src/villages/villages.ts'

/** Reads as the command does. */
export function createReading(): Reading {
  const root = packageRoot()
  const sectors = loadSectors(join(root, 'data/sectors.yaml'))
  const villages = createVillages()
  const registration = createRegistration({ clinic: loadClinic(join(root, 'data/clinic.yaml')), sectors, placeLabel: (code) => code })
  const form = registration.forms?.find((one) => one.form.name === 'registration')?.form
  if (!form) throw new Error('There is no form "registration".')
  return {
    form,
    optionWords: createOptionWords({ form, sectors, translator: createTranslator(join(root, 'locales')) }),
    findVillage: (text) => findVillage(villages, text),
    today: { year: 2026, month: 11, day: 23 },
  }
}

/** Village code of Pujon Kidul, the only village of this name. */
export const PUJON_KIDUL = createVillages().search('Pujon Kidul, Pujon, Malang', 1).hits[0]?.code

interface PilotStore {
  saveSession(key: string, data: object): Promise<unknown>
}

/** Keeps these sessions as a pilot does. */
export async function keepSessions(file: string, sessions: Readonly<Record<string, object>>): Promise<void> {
  const LocalSession = createRequire(import.meta.url)('telegraf-session-local') as new (options: { database: string }) => PilotStore
  const store = new LocalSession({ database: file })
  for (const [key, data] of Object.entries(sessions)) await store.saveSession(key, data)
}
