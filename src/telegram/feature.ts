// What a feature declares. Everything derived (command lists, menus, button registry, form owners, jobs) comes from these objects.
import { z } from 'zod'
import type { Answer, Answers, Form } from '../conversation/form.ts'
import type { Params } from '../i18n/translator.ts'
import type { DrawnDocument } from '../delivery/files.ts'
import type { OnSentHandler } from '../delivery/dispatcher.ts'
import type { Person } from '../people/person.ts'
import type { Role } from '../people/roles.ts'
import type { Job } from '../schedule/job.ts'
import type { Tx } from '../storage/database.ts'
import type { Ctx } from './context.ts'
import type { NoticeKind } from './notice.ts'
import type { Speaker } from './speaker.ts'

/** Who may use a command or a button; checked on every use. */
export type Audience = 'anyone' | Role

export interface Command {
  readonly for: readonly Audience[]
  /** Place in the large-button menu (low numbers first); absent when it has no button there. */
  readonly menu?: number
  /** A further condition for the large button, such as "has an unfinished form". */
  readonly menuWhen?: (standing: Standing) => boolean
  readonly run: (ctx: Ctx) => Promise<void>
}

/** What decides which large buttons are useful to someone now. */
export interface Standing {
  readonly person: Pick<Person, 'roles' | 'memberNumber'>
  readonly unfinishedForms: number
}

export interface Button<S extends z.ZodObject = z.ZodObject> {
  readonly for: readonly Audience[]
  readonly data: S
  readonly run: (ctx: Ctx, data: never) => Promise<void>
}

/** The data of buttons that carry none. */
export const NO_DATA = z.object({})

/** Declares a button: who may press it, what it carries, what it does. */
export function button<S extends z.ZodObject>(audience: readonly Audience[], data: S, run: (ctx: Ctx, data: z.output<S>) => Promise<void>): Button<S> {
  return { for: audience, data, run }
}

/** What is said about a step: its question, its short name, an example, an explanation, and more to read. */
export type StepPart = 'ask' | 'name' | 'hint' | 'help' | 'more'

/** A form and what happens around it. Words follow from names: `<texts>.<step>.ask`, `.hint`, `.options.<id>`, `.words.<id>` (what people type for an option, with commas), `.refused.<reason>`, `.name`. */
export interface FormHandler {
  readonly form: Form
  /** First segment(s) of the text keys; the form's name when absent. */
  readonly texts?: string
  /** Text key of what it is called in a sentence; `<texts>.title` when absent. */
  readonly title?: string
  /** Further parameters for the form's texts. `you` may be overridden while the person is still telling her name. */
  readonly params?: (ctx: Ctx, answers: Answers) => Params
  /** A text of a step whose words are data: ready for a message, but for its name, which is plain; undefined leaves it to the locales. */
  readonly stepWords?: (ctx: Ctx, step: string, part: StepPart, answers: Answers) => string | undefined
  /** Words for an option whose labels are data, first the label; undefined leaves it to the locales. */
  readonly optionWords?: (ctx: Ctx, step: string, option: string, answers: Answers) => readonly string[] | undefined
  /** Runs in the transaction that takes the answer. `asked` is the text of the question as the person saw it. */
  readonly onAnswer?: (ctx: Ctx, taken: { readonly step: string; readonly answer: Answer; readonly asked: string; readonly messageId: number | null }) => Promise<void>
  /** Keeps a message of a step that collects them, and gives its number; undefined when nobody could be shown it. */
  readonly keepMessage?: (ctx: Ctx) => Promise<number | undefined>
  /** An answer ended the form (`endsOn`): say what now. */
  readonly onEnded?: (ctx: Ctx, step: string) => Promise<void>
  /** She threw the form away: take back what its answers did. */
  readonly onDiscarded?: (ctx: Ctx) => Promise<void>
  readonly finish: (ctx: Ctx, answers: Answers, subject: string | null) => Promise<void>
}

export interface Feature {
  readonly name: string
  readonly commands?: Readonly<Record<string, Command>>
  readonly buttons?: Readonly<Record<string, Button>>
  readonly forms?: readonly FormHandler[]
  /** `/start <prefix>_<rest>` deep links: prefix -> what to do with the rest. */
  readonly startLinks?: Readonly<Record<string, (ctx: Ctx, rest: string) => Promise<void>>>
  /** A reply (Telegram's "reply") to one of our messages: true when it was meant for this feature. */
  readonly onReply?: (ctx: Ctx, repliedMessageId: number) => Promise<boolean>
  /** A message that no command, reply or open form took: true when it was meant for this feature. */
  readonly onStray?: (ctx: Ctx) => Promise<boolean>
  /** A message she changed (`ctx.editedMessage`: its text, caption or file) that corrects no answer: true when it was meant for this feature. */
  readonly onEdit?: (ctx: Ctx) => Promise<boolean>
  /** Runs in the transaction that settles a sent message, by the name the outbox row carries. */
  readonly onSent?: Readonly<Record<string, OnSentHandler>>
  /** By the same names: runs when such a message was taken back because it would have come too late. */
  readonly onTooLate?: Readonly<Record<string, OnSentHandler>>
  readonly jobs?: readonly Job[]
  /** What it says of its own accord. */
  readonly notices?: readonly NoticeKind[]
  /** Pictures by the name an outbox row carries; drawn when sent, so their data is read anew. Each gives an SVG. */
  readonly pictures?: Readonly<Record<string, (drawing: { readonly tx: Tx; readonly params: unknown; readonly speaker: Speaker }) => Promise<string>>>
  /** Documents by the name an outbox row carries; written when sent, so their data is read anew. */
  readonly documents?: Readonly<Record<string, (drawing: { readonly tx: Tx; readonly params: unknown }) => Promise<DrawnDocument>>>
  /** What to do with a message nothing else took; the last feature has one. */
  readonly fallback?: (ctx: Ctx) => Promise<void>
}

export function defineFeature(feature: Feature): Feature {
  return feature
}

/** Whether someone belongs to an audience. */
export function mayUse(audience: readonly Audience[], person: Pick<Person, 'roles'>): boolean {
  return audience.some((one) => one === 'anyone' || person.roles.includes(one))
}
