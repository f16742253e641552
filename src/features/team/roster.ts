// The team as coordinators see it: who holds which role, ending a role after asking once more, and what changed lately.
import type { ReplyKeyboardMarkup } from 'grammy/types'
import type { Person } from '../../people/person.ts'
import { endRole, holdersOf, lockRoles } from '../../people/roles.ts'
import { findPerson, getPerson } from '../../people/store.ts'
import { zoneOf } from '../../people/time-zone.ts'
import type { Ctx } from '../../telegram/context.ts'
import { conversationsOf } from '../../telegram/conversation-store.ts'
import type { Speaker } from '../../telegram/speaker.ts'
import { type EndVerdict, judgeEnd } from './ending.ts'
import type { TeamRole } from './invite.ts'
import { endInvitesOf } from './invite-store.ts'
import { latestChanges, membersOf } from './store.ts'

/** More do not fit on a small screen. */
const PAGE_SIZE = 10
const CHANGES_SHOWN = 10

/** One role of one person. */
export interface Held {
  readonly person: number
  readonly role: TeamRole
}

export interface Roster {
  /** Lists the team; pages count from 0. */
  list(ctx: Ctx, page: number): Promise<void>
  showChanges(ctx: Ctx): Promise<void>
  /** Asks whether to end a role. */
  askEnd(ctx: Ctx, held: Held): Promise<void>
  /** Ends a role and tells who held it; a second tap changes nothing. */
  end(ctx: Ctx, held: Held): Promise<void>
  keep(ctx: Ctx): Promise<void>
}

export interface RosterDeps {
  readonly speaker: Speaker
  /** The large buttons that fit someone now. */
  readonly menuOf: (person: Person, unfinishedForms: number) => ReplyKeyboardMarkup
}

export function createRoster({ speaker, menuOf }: RosterDeps): Roster {
  async function list(ctx: Ctx, page: number): Promise<void> {
    const found = await membersOf(ctx.tx, { at: page, size: PAGE_SIZE })
    const members = found.slice(0, PAGE_SIZE)
    const entries = members.map(({ personId, role, givenName, since }) => {
      const about = { who: nameIn(ctx, givenName), role: roleIn(ctx, role), since: dateIn(ctx, since) }
      return ctx.t(personId === ctx.person.id ? 'team.list.you' : 'team.list.entry', about)
    })
    await ctx.sayHtml([ctx.t('team.list.title'), entries.join('\n')].join('\n\n'), {
      keyboard: [
        ...members.map(({ personId, role, givenName }) => [
          ctx.button('team.list.end.button', 'role-end', { person: personId, role }, { who: nameIn(ctx, givenName), role: roleIn(ctx, role) }),
        ]),
        ctx.person.givenName === null ? [ctx.button('team.list.name.button', 'team-name')] : [],
        found.length > PAGE_SIZE ? [ctx.button('team.list.next.button', 'team-page', { page: page + 1 })] : [],
        [ctx.button('team.list.changes.button', 'team-changes')],
      ],
    })
  }

  async function showChanges(ctx: Ctx): Promise<void> {
    const changes = await latestChanges(ctx.tx, CHANGES_SHOWN)
    const name = async (id: number) => nameIn(ctx, (await findPerson(ctx.tx, id))?.givenName ?? null)
    const entries: string[] = []
    for (const { at, change, role, personId, by } of changes) {
      const about = { date: dateIn(ctx, at), who: await name(personId), role: roleIn(ctx, role) }
      entries.push(ctx.t(`team.changes.${change}`, { ...about, by: by === null ? ctx.label('team.changes.configuration') : await name(by) }))
    }
    await ctx.sayHtml([ctx.t('team.changes.title'), entries.join('\n')].join('\n\n'))
  }

  async function askEnd(ctx: Ctx, held: Held): Promise<void> {
    const verdict = judgeEnd(held, await holdersOf(ctx.tx, held.role))
    if (verdict !== 'allowed') {
      await refuse(ctx, verdict)
      return
    }
    const who = nameIn(ctx, (await getPerson(ctx.tx, held.person)).givenName)
    await ctx.say(held.person === ctx.person.id ? 'team.end.ask-self' : 'team.end.ask', { who, role: roleIn(ctx, held.role) }, {
      keyboard: [[ctx.button('team.end.yes.button', 'role-end-yes', { ...held })], [ctx.button('team.end.no.button', 'role-keep')]],
    })
  }

  async function end(ctx: Ctx, held: Held): Promise<void> {
    await ctx.changeButtons()
    // Two coordinators who end each other's role at once must not leave nobody.
    await lockRoles(ctx.tx)
    const verdict = judgeEnd(held, await holdersOf(ctx.tx, held.role))
    if (verdict !== 'allowed') {
      await refuse(ctx, verdict)
      return
    }
    await endRole(ctx.tx, { ...held, by: ctx.person.id, now: ctx.now })
    // A link must not outlive the right to hand it out.
    if (held.role === 'coordinator') await endInvitesOf(ctx.tx, { by: held.person, now: ctx.now })
    const role = roleIn(ctx, held.role)
    if (held.person === ctx.person.id) {
      await ctx.reload()
      await ctx.say('team.end.done-self', { role })
      return
    }
    const person = await getPerson(ctx.tx, held.person)
    await ctx.refreshCommandsOf(person.id)
    await tellEnded(ctx, person, held.role)
    await ctx.say('team.end.done', { who: nameIn(ctx, person.givenName), role })
  }

  async function tellEnded(ctx: Ctx, person: Person, role: TeamRole): Promise<void> {
    if (person.telegramId === null || person.unreachableAt !== null) return
    const unfinished = await conversationsOf(ctx.tx, person.id)
    const replyKeyboard = menuOf(person, unfinished.length)
    await speaker.say(ctx.tx, person, 'team.end.told', { role: speaker.plain(person, `team.roles.${role}`) }, { replyKeyboard }, ctx.now)
  }

  return {
    list,
    showChanges,
    askEnd,
    end,
    keep: async (ctx) => {
      await ctx.changeButtons()
      await ctx.say('team.end.kept')
    },
  }
}

async function refuse(ctx: Ctx, verdict: Exclude<EndVerdict, 'allowed'>): Promise<void> {
  if (verdict === 'not-held') ctx.toast('team.end.refused.not-held')
  else await ctx.say(`team.end.refused.${verdict}`)
}

const roleIn = (ctx: Ctx, role: TeamRole): string => ctx.label(`team.roles.${role}`)

const nameIn = (ctx: Ctx, givenName: string | null): string => givenName ?? ctx.label('team.nameless')

/** The day at the reader's place, "22 November 2026". */
function dateIn({ person }: Ctx, at: number): string {
  const locale = person.language === 'id' ? 'id-ID' : 'en-GB'
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: zoneOf(person) }).format(at)
}
