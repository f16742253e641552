// Stops the spinner of tapped buttons, with a short note where there is one. Not an outbox matter: Telegram forgets a tap within seconds.
import type { Api } from 'grammy'
import type { Log } from '../logging.ts'
import type { TapAnswer } from './unit-of-work.ts'

export interface TapAnswers {
  send(answers: readonly TapAnswer[]): void
  /** Resolves when none is under way. */
  idle(): Promise<void>
}

/** Nobody looks at the button any longer than this. */
const ANSWER_WITHIN_MS = 5000

export function createTapAnswers({ api, log }: { api: Api; log: Log }): TapAnswers {
  const underWay = new Set<Promise<void>>()
  return {
    send: (answers) => {
      for (const { callbackQueryId, text } of answers) {
        const call: Promise<void> = api
          .answerCallbackQuery(callbackQueryId, text === undefined ? {} : { text }, AbortSignal.timeout(ANSWER_WITHIN_MS) as never)
          // Too late is no harm: the answer itself is in the chat.
          .then(() => undefined, (error: unknown) => log.debug('tap.unanswered', { err: error }))
          .finally(() => underWay.delete(call))
        underWay.add(call)
      }
    },
    idle: async () => {
      while (underWay.size > 0) await Promise.all(underWay)
    },
  }
}
