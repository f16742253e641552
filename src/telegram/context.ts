// What a handler gets: grammY's context of the update, plus the transaction, the person, and ways to speak that become outbox rows.
import type { Context } from 'grammy'
import type { Answers } from '../conversation/form.ts'
import type { Params } from '../i18n/translator.ts'
import type { Person } from '../people/person.ts'
import type { Tx } from '../storage/database.ts'
import type { ButtonData } from './callback-data.ts'
import type { OpenConversation } from './conversation-store.ts'
import type { InlineButton, InlineKeyboard } from './keyboards.ts'
import type { SayOptions } from './speaker.ts'

export interface FormStart {
  /** What the form is about, such as a business id. */
  readonly subject?: string
  /** Answers known beforehand. */
  readonly answers?: Answers
  /** Change just this answer and finish. */
  readonly only?: string
}

export interface Desk {
  readonly tx: Tx
  /** ms UTC: when this update is being applied. */
  readonly now: number
  /** The sender, as known before the handler ran; `reload` reads her anew. */
  person: Person
  /** Her unfinished forms, newest first. */
  conversations: readonly OpenConversation[]

  /** A text in her language, ready for a message (parameters escaped, facts filled in). */
  t(key: string, params?: Params): string
  /** A text for a button, where HTML has no meaning. */
  label(key: string, params?: Params): string
  /** An inline button; its label is the text of `key`. */
  button(key: string, name: string, data?: ButtonData, params?: Params): InlineButton
  /** Sends her a text. Without an inline keyboard it also restores her menu. Returns the outbox id. */
  say(key: string, params?: Params, options?: SayOptions): Promise<number>
  /** As `say`, for text already rendered by `t`. */
  sayHtml(html: string, options?: SayOptions): Promise<number>
  /** The short note that appears over a tapped button. */
  toast(key: string, params?: Params): void
  /** Replaces the buttons of the tapped message (none when absent). */
  changeButtons(keyboard?: InlineKeyboard): Promise<void>
  /** Opens a form, or goes on with it when it is unfinished. */
  startForm(name: string, start?: FormStart): Promise<void>
  /** Shows the current question of an unfinished form again. */
  resumeForm(conversationId?: number): Promise<boolean>
  /** Does what a button of any feature does, with the same checks. */
  press(name: string, data: ButtonData): Promise<void>
  reload(): Promise<void>
  /** Tells Telegram at once which commands someone has now, as after a role began or ended. */
  refreshCommandsOf(personId: number): Promise<void>
}

export type Ctx = Context & Desk
