// Everything derived from the list of features: who owns a command, a button, a form, a deep link; refuses duplicates at start.
import type { OnSentHandler } from '../delivery/dispatcher.ts'
import type { NoticeKind } from './notice.ts'
import { type Button, type Command, type Feature, type FormHandler, mayUse, type Standing } from './feature.ts'

export interface Registry {
  readonly features: readonly Feature[]
  readonly commands: ReadonlyMap<string, Command>
  readonly buttons: ReadonlyMap<string, Button>
  readonly forms: ReadonlyMap<string, FormHandler>
  readonly startLinks: ReadonlyMap<string, NonNullable<Feature['startLinks']>[string]>
  readonly onSent: Readonly<Record<string, OnSentHandler>>
  readonly onTooLate: Readonly<Record<string, OnSentHandler>>
  readonly notices: ReadonlyMap<string, NoticeKind>
  readonly pictures: ReadonlyMap<string, NonNullable<Feature['pictures']>[string]>
  readonly documents: ReadonlyMap<string, NonNullable<Feature['documents']>[string]>
  /** Text key of what a form is called in a sentence, such as "pendaftaran". */
  titleOf(form: string): string
  /** Commands someone may use, in the order features declare them. */
  commandsFor(person: Standing['person']): readonly string[]
  /** The commands that have a large button, in menu order. */
  menuFor(standing: Standing): readonly string[]
}

/** @throws when two features claim the same name. */
export function createRegistry(features: readonly Feature[]): Registry {
  const commands = collect(features, 'command', (feature) => Object.entries(feature.commands ?? {}))
  const forms = collect(features, 'form', (feature) => (feature.forms ?? []).map((handler) => [handler.form.name, handler] as const))
  const allowed = (person: Standing['person']) => [...commands].filter(([, command]) => mayUse(command.for, person))
  return {
    features,
    commands,
    buttons: collect(features, 'button', (feature) => Object.entries(feature.buttons ?? {})),
    forms,
    startLinks: collect(features, 'start link', (feature) => Object.entries(feature.startLinks ?? {})),
    onSent: Object.fromEntries(collect(features, 'on-sent handler', (feature) => Object.entries(feature.onSent ?? {}))),
    onTooLate: Object.fromEntries(collect(features, 'too-late handler', (feature) => Object.entries(feature.onTooLate ?? {}))),
    notices: collect(features, 'notice', (feature) => (feature.notices ?? []).map((kind) => [kind.name, kind] as const)),
    pictures: collect(features, 'picture', (feature) => Object.entries(feature.pictures ?? {})),
    documents: collect(features, 'document', (feature) => Object.entries(feature.documents ?? {})),
    titleOf: (form) => {
      const handler = forms.get(form)
      return handler?.title ?? `${handler?.texts ?? form}.title`
    },
    commandsFor: (person) => allowed(person).map(([name]) => name),
    menuFor: (standing) =>
      allowed(standing.person)
        .filter(([, command]) => command.menu !== undefined && (command.menuWhen?.(standing) ?? true))
        .toSorted(([, a], [, b]) => (a.menu ?? 0) - (b.menu ?? 0))
        .map(([name]) => name),
  }
}

function collect<T>(features: readonly Feature[], kind: string, entries: (feature: Feature) => readonly (readonly [string, T])[]): Map<string, T> {
  const owners = new Map<string, string>()
  const found = new Map<string, T>()
  for (const feature of features) {
    for (const [name, value] of entries(feature)) {
      const owner = owners.get(name)
      if (owner !== undefined) throw new Error(`The ${kind} "${name}" is claimed by both "${owner}" and "${feature.name}".`)
      owners.set(name, feature.name)
      found.set(name, value)
    }
  }
  return found
}
