// Decides what of a session store is taken over, and counts what is left and why. Pure; it knows nobody the clinic knows already.
import type { Language } from '../../content/language.ts'
import type { Answers } from '../../conversation/form.ts'
import { readAnswers, type Reading } from './answers.ts'
import { readLanguage } from './language.ts'
import type { Session } from './session-file.ts'
import { fieldsOf } from './session-fields.ts'
import { ownerOf } from './session-key.ts'

/** Someone the pilot knew. */
export interface Newcomer {
  readonly telegramId: number
  readonly language: Language | undefined
  readonly answers: Answers
  /** Steps asked anew because what the pilot kept did not clearly fit. */
  readonly unclear: readonly string[]
  readonly unknownFieldCount: number
}

export const LEFT_BEFOREHAND = ['group', 'bot', 'unknown-key', 'twice', 'nothing-known'] as const
export type LeftBeforehand = (typeof LEFT_BEFOREHAND)[number]

export interface Plan {
  readonly newcomers: readonly Newcomer[]
  /** Sessions left, by reason. */
  readonly left: Readonly<Record<LeftBeforehand, number>>
}

/** @param botId Telegram id of the clinic's bot; undefined in the simulator. */
export function planImport(sessions: readonly Session[], reading: Reading, botId: number | undefined): Plan {
  const newcomers = new Map<number, Newcomer>()
  const left = { group: 0, bot: 0, 'unknown-key': 0, twice: 0, 'nothing-known': 0 }
  for (const { key, data } of sessions) {
    const owner = ownerOf(key, botId)
    if (owner.type === 'nobody') left[owner.reason] += 1
    else if (newcomers.has(owner.telegramId)) left.twice += 1
    else {
      const found = meet(owner.telegramId, data, reading)
      if (typeof found === 'string') left[found] += 1
      else newcomers.set(owner.telegramId, found)
    }
  }
  return { newcomers: [...newcomers.values()], left }
}

function meet(telegramId: number, data: unknown, reading: Reading): Newcomer | 'bot' | 'nothing-known' {
  const fields = fieldsOf(data)
  if (fields.known.get('is-bot')?.includes(true)) return 'bot'
  const { answers, unclear } = readAnswers(fields, reading)
  const language = fields.known.get('language')?.map(readLanguage).find((one) => one !== undefined)
  if (language === undefined && Object.keys(answers).length === 0) return 'nothing-known'
  return { telegramId, language, answers, unclear, unknownFieldCount: fields.unknownCount }
}
