// Wishes that nobody has to be registered for, each with an answer unlike the others, and what a person was told.
import type { Clinic } from './clinic.ts'

/** What to send, and words of its answer. */
export const WISHES = [
  ['/panduan', 'Panduan singkat'],
  ['/bahasa', 'Which language'],
  ['/lanjut', 'Tidak ada isian'],
  ['/tips', 'Coba hari ini'],
] as const

/** The texts of everything the clinic sent her, as they stand now, oldest first. */
export function told({ simulator }: Pick<Clinic, 'simulator'>, person: number): readonly string[] {
  return simulator.world.messages(person).filter((message) => message.from === 'bot').map((message) => message.text ?? '')
}
