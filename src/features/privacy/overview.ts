// What the clinic holds about someone in words, section by section, as many messages as it takes. It reads; it changes nothing.
import { formatPhone } from '../../conversation/parse/phone.ts'
import type { Language } from '../../content/language.ts'
import { PURPOSES, type Purpose } from '../../people/consent.ts'
import { addressOf, formatMemberNumber } from '../../people/person.ts'
import { formatLocal, zoneName, zoneOf } from '../../people/time-zone.ts'
import type { ConversationRow } from '../../storage/schema.ts'
import type { Ctx } from '../../telegram/context.ts'
import { type Account, readAccount } from './store.ts'

/** How stored ids read. */
export interface Describe {
  readonly place: (code: string) => string
  readonly sector: (id: string, language: Language) => string
  /** What the beginning of village codes stands for. */
  readonly region: (code: string) => string
  /** What an unfinished form is called, and its answers by the names of their questions. */
  readonly form: (ctx: Ctx, row: ConversationRow) => { readonly title: string; readonly answers: readonly (readonly [string, string])[] }
}

/** Telegram takes 4,096 characters a message (Bot API, sendMessage). */
const MESSAGE_CHARS = 3800
const EXCERPT_CHARS = 160
/** The newest requests and looks are told; all of them are in the file. */
const LISTED = 10

/** Shows everything, and sends it as a file too. */
export async function showAccount(ctx: Ctx, describe: Describe): Promise<void> {
  const account = await readAccount(ctx.tx, ctx.person.id)
  for (const message of packed([ctx.t('privacy.data.title'), ...sections(ctx, account, describe)])) await ctx.sayHtml(message)
  await ctx.say('privacy.data.file', {}, {
    document: { name: 'my-data', params: { person: ctx.person.id } },
    keyboard: [
      [ctx.button('privacy.data.change.button', 'data-change')],
      [ctx.button('privacy.data.consents.button', 'consents')],
      [ctx.button('privacy.data.erase.button', 'erase')],
    ],
  })
}

function sections(ctx: Ctx, account: Account, describe: Describe): string[] {
  return [
    personSection(ctx),
    ...account.businesses.map((business) => businessSection(ctx, business, describe)),
    ...volunteerSection(ctx, account, describe),
    ...account.forms.map((row) => formSection(ctx, row, describe)),
    consentSection(ctx, account),
    ...helpSection(ctx, account),
    accessSection(ctx, account),
    ctx.t('privacy.data.counts', { checks: account.assessments.length, steps: account.planSteps.length, tips: account.tips.length, messages: account.messagesKept }),
  ]
}

function personSection(ctx: Ctx): string {
  const { person } = ctx
  const none = ctx.label('form.skipped')
  return ctx.t('privacy.data.person', {
    telegram: person.telegramId ?? none,
    name: person.givenName ?? none,
    address: addressOf(person),
    adult: person.adult === null ? none : ctx.label(person.adult ? 'form.yes' : 'form.no'),
    phone: person.phone === null ? none : formatPhone(person.phone),
    zone: person.timeZone === null ? none : zoneName(person.timeZone),
    language: ctx.label(`home.language.${person.language}.button`),
    number: person.memberNumber === null ? none : formatMemberNumber(person.memberNumber),
    since: person.memberSince === null ? none : dayIn(ctx, person.memberSince),
    seen: dayIn(ctx, person.lastSeenAt),
    roles: person.roles.map((role) => ctx.label(`privacy.roles.${role}`)).join(', ') || none,
    state: ctx.label(person.pausedAt === null ? 'privacy.state.active' : 'privacy.state.paused'),
  })
}

function businessSection(ctx: Ctx, business: Account['businesses'][number], describe: Describe): string {
  const option = (step: string, value: unknown) => ctx.label(`registration.${step}.options.${String(value)}`)
  const channels = business.channels === null ? [] : (JSON.parse(business.channels) as readonly string[])
  const licences = Object.entries(JSON.parse(business.licences) as Record<string, string | null>).filter(([, state]) => state !== null)
  const lines: (readonly [string, string | null])[] = [
    ['sector', describe.sector(business.sector, ctx.person.language)],
    ['village', describe.place(business.village_code)],
    ['product', business.product],
    ['age', business.age && option('age', business.age)],
    ['workers', business.workers && option('workers', business.workers)],
    ['sales', business.sales_band && option('sales', business.sales_band)],
    ['channels', channels.map((one) => option('channels', one)).join(', ')],
    ...licences.map(([licence, state]) => [licence, option('licence', state)] as const),
  ]
  const told = lines.filter(([, value]) => value).map(([step, value]) => line(ctx, ctx.label(`registration.${step}.name`), value ?? ''))
  return [ctx.t('privacy.data.business', { name: business.name ?? ctx.label('registration.business-name.none') }), ...told].join('\n')
}

function volunteerSection(ctx: Ctx, { volunteer }: Account, describe: Describe): string[] {
  if (!volunteer) return []
  const list = (json: string) => JSON.parse(json) as readonly string[]
  const areas = (json: string) => list(json).map((id) => ctx.label(`volunteers.areas.options.${id}`)).join(', ')
  const hours = [volunteer.quiet_from, volunteer.quiet_until].map((hour) => `${String(hour).padStart(2, '0')}.00`).join('-')
  const lines: (readonly [string, string])[] = [
    ['volunteers.name.name', volunteer.shown_name],
    ['volunteers.areas.name', areas(volunteer.areas) || ctx.label('volunteers.all')],
    ['volunteers.sectors.name', list(volunteer.sectors).map((id) => describe.sector(id, ctx.person.language)).join(', ') || ctx.label('volunteers.all')],
    ['volunteers.languages.name', list(volunteer.languages).map((id) => ctx.label(`volunteers.languages.options.${id}`)).join(', ')],
    ['volunteers.where.name', list(volunteer.regions).map(describe.region).join('; ') || ctx.label('volunteers.everywhere')],
    ['volunteers.quiet.name', hours],
    ['volunteers.load.name', ctx.label(`volunteers.load.options.${volunteer.weekly_load}`)],
    ['privacy.data.expert', areas(volunteer.expert_in) || ctx.label('volunteers.nothing')],
  ]
  return [[ctx.t('privacy.data.volunteer'), ...lines.map(([key, value]) => line(ctx, ctx.label(key), value))].join('\n')]
}

function formSection(ctx: Ctx, row: ConversationRow, describe: Describe): string {
  const { title, answers } = describe.form(ctx, row)
  return [ctx.t('privacy.data.form', { title, date: dayIn(ctx, row.started_at) }), ...answers.map(([name, value]) => line(ctx, name, value))].join('\n')
}

function consentSection(ctx: Ctx, { consents }: Account): string {
  const shown: readonly Purpose[] = consents.some(({ purpose }) => purpose === 'volunteer') ? [...PURPOSES, 'volunteer'] : PURPOSES
  const lines = shown.map((purpose) => {
    const last = consents.findLast((one) => one.purpose === purpose)
    const name = ctx.label(`privacy.purposes.${purpose}`)
    if (!last) return line(ctx, name, ctx.label('privacy.consent.never'))
    return line(ctx, name, last.withdrawn_at === null ? ctx.label('privacy.consent.given', { date: dayIn(ctx, last.given_at) }) : ctx.label('privacy.consent.taken-back', { date: dayIn(ctx, last.withdrawn_at) }))
  })
  return [ctx.t('privacy.data.consents.title'), ...lines].join('\n')
}

function helpSection(ctx: Ctx, { requests }: Account): string[] {
  return requests.slice(-LISTED).map(({ number, created_at, messages }) =>
    [
      ctx.t('privacy.data.help', { number, date: dayIn(ctx, created_at) }),
      ...messages.map(({ author_id, body }) => line(ctx, ctx.label(author_id === ctx.person.id ? 'privacy.data.question' : 'privacy.data.answer'), excerpt(body))),
    ].join('\n'),
  )
}

function accessSection(ctx: Ctx, { accesses }: Account): string {
  if (accesses.length === 0) return ctx.t('privacy.data.unseen')
  const lines = accesses.slice(0, LISTED).map(({ at, by, what }) =>
    ctx.t('privacy.data.seen', { date: momentIn(ctx, at), who: by ?? ctx.label('privacy.data.someone'), what: ctx.label(`privacy.access.${what}`) }),
  )
  return [ctx.t('privacy.data.seen-title'), ...lines].join('\n')
}

const line = (ctx: Ctx, name: string, value: string) => ctx.t('privacy.data.line', { name, value })

/** The day at the reader's place: "Senin, 23 November 2026". */
export function dayIn(ctx: Ctx, at: number): string {
  return momentIn(ctx, at).split(/, (?:pukul|at) /)[0] ?? ''
}

function momentIn({ person }: Ctx, at: number): string {
  return formatLocal(at, zoneOf(person), person.language)
}

function excerpt(body: string): string {
  const characters = Array.from(body)
  return characters.length > EXCERPT_CHARS ? `${characters.slice(0, EXCERPT_CHARS - 1).join('').trimEnd()}…` : body
}

/** Sections joined into messages that Telegram takes; a section longer than that goes line by line. */
export function packed(parts: readonly string[]): string[] {
  const messages: string[] = []
  const add = (part: string, gap: string) => {
    const last = messages.at(-1)
    if (last !== undefined && last.length + gap.length + part.length <= MESSAGE_CHARS) messages[messages.length - 1] = last + gap + part
    else messages.push(part)
  }
  for (const part of parts) {
    if (part.length <= MESSAGE_CHARS) add(part, '\n\n')
    else part.split('\n').forEach((one, at) => add(one, at === 0 ? '\n\n' : '\n'))
  }
  return messages
}
