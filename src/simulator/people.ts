// Who is in the simulated Telegram and how people stand with the bot: adding, blocking, groups, leaving.
// What they write is in acts.ts.

import { apiChat, apiMessage, apiUser, putMessage } from './messages.ts'
import { isSupergroupId } from './state.ts'
import type { State } from './state.ts'
import type { BotStanding, ChatId, Group, NewGroup, NewPerson, Person, PersonId, World } from './world.ts'

type PeopleActs = Pick<
  World,
  | 'addPerson' | 'changePerson' | 'addGroup' | 'blockBot' | 'unblockBot' | 'deletePerson' | 'joinGroup' | 'leaveGroup'
  | 'setBotStanding' | 'kickBot' | 'upgradeGroup'
>

const FIRST_PERSON_ID = 10_001
const FIRST_GROUP_ID = 5_001
const SUPERGROUP_BASE = -1_000_000_000_000

/** The person; throws when nobody has that id. */
export function getPerson(state: State, id: PersonId): Person {
  const person = state.people.get(id)
  if (!person) throw new Error(`Nobody in the simulator has the id ${id}: add the person first (world.addPerson)`)
  return person
}

/** The group; throws when no group has that id. */
export function getGroup(state: State, id: ChatId): Group {
  const group = state.groups.get(id)
  if (!group) throw new Error(`No group in the simulator has the id ${id}: add it first (world.addGroup)`)
  return group
}

export function changeRecord(state: State, id: PersonId, changes: Partial<Person>): Person {
  const person = state.people.put(id, { ...getPerson(state, id), ...changes })
  state.changed({ type: 'people' })
  return person
}

export function createPeopleActs(state: State): PeopleActs {
  const atomically = <T>(work: () => T) => state.store.atomically(work)
  const changeGroup = (id: ChatId, changes: Partial<Group>) => {
    const group = state.groups.put(id, { ...getGroup(state, id), ...changes })
    state.changed({ type: 'chat', chatId: id })
    return group
  }
  const serve = (chatId: ChatId, from: PersonId, text: string, fields: Readonly<Record<string, unknown>>) => {
    const message = putMessage(state, { chatId, from, content: { kind: 'service', text, fields } })
    if (isPresent(getGroup(state, chatId).bot)) state.queue.push('message', apiMessage(state, message))
  }

  const setBotStanding = (groupId: ChatId, standing: BotStanding, by?: PersonId) => atomically(() => {
    const before = getGroup(state, groupId)
    const actor = by ?? before.members[0]
    if (actor === undefined) throw new Error(`Group ${groupId} has no members who could change the bot's standing`)
    if (before.bot === standing) return
    changeGroup(groupId, { bot: standing })
    changeRecord(state, actor, { knownToBot: true })
    state.queue.push('my_chat_member', membershipChange(state, groupId, actor, before.bot, standing))
    if (!isPresent(before.bot) && isPresent(standing)) serve(groupId, actor, 'bot joined', { new_chat_members: [state.bot] })
    if (isPresent(before.bot) && !isPresent(standing)) serve(groupId, actor, 'bot left', { left_chat_member: state.bot })
  })

  const setBlocked = (id: PersonId, blocked: boolean) => atomically(() => {
    const person = getPerson(state, id)
    if (person.blockedBot === blocked) return
    changeRecord(state, id, { blockedBot: blocked })
    if (!person.started) return
    const [before, after]: BotStanding[] = blocked ? ['member', 'kicked'] : ['kicked', 'member']
    state.queue.push('my_chat_member', membershipChange(state, id, id, before!, after!))
  })

  return {
    addPerson: (person: NewPerson) => atomically(() => {
      let id = person.id
      while (id === undefined || (person.id === undefined && state.people.get(id))) id = state.nextId('person', FIRST_PERSON_ID)
      if (state.people.get(id)) throw new Error(`Somebody in the simulator already has the id ${id}`)
      const added = state.people.put(id, {
        ...person, id, started: false, blockedBot: false, deactivated: false, knownToBot: false,
      })
      state.changed({ type: 'people' })
      return added
    }),
    changePerson: (id, changes) => changeRecord(state, id, changes),
    addGroup: (group: NewGroup) => atomically(() => {
      const number = group.id ?? -state.nextId('group', FIRST_GROUP_ID)
      const id = group.id ?? (group.type === 'supergroup' ? SUPERGROUP_BASE + number : number)
      if (isSupergroupId(id) !== (group.type === 'supergroup') || id >= 0) {
        throw new Error(`A ${group.type} can't have the id ${id}: supergroups are below ${SUPERGROUP_BASE}, groups between it and 0`)
      }
      for (const member of group.members) getPerson(state, member)
      if (group.members.length === 0) throw new Error('A group needs a member: somebody has to add the bot')
      state.groups.put(id, { ...group, id, bot: 'left' })
      setBotStanding(id, 'member')
      return getGroup(state, id)
    }),
    blockBot: (id) => setBlocked(id, true),
    unblockBot: (id) => setBlocked(id, false),
    deletePerson: (id) => void changeRecord(state, id, { deactivated: true, firstName: 'Deleted Account' }),
    joinGroup: (person, groupId) => atomically(() => {
      const group = getGroup(state, groupId)
      getPerson(state, person)
      if (group.members.includes(person)) return
      changeGroup(groupId, { members: [...group.members, person] })
      changeRecord(state, person, { knownToBot: true })
      serve(groupId, person, 'joined', { new_chat_members: [apiUser(state, person)] })
    }),
    leaveGroup: (person, groupId) => atomically(() => {
      const group = getGroup(state, groupId)
      if (!group.members.includes(person)) return
      changeGroup(groupId, { members: group.members.filter((member) => member !== person) })
      serve(groupId, person, 'left', { left_chat_member: apiUser(state, person) })
    }),
    setBotStanding,
    kickBot: (group, by) => setBotStanding(group, 'kicked', by),
    upgradeGroup: (groupId) => atomically(() => {
      const group = getGroup(state, groupId)
      if (group.type !== 'group') throw new Error(`Group ${groupId} is a supergroup already`)
      const newId = SUPERGROUP_BASE + groupId
      const actor = group.members[0]
      if (actor === undefined) throw new Error(`Group ${groupId} has no members who could upgrade it`)
      state.groups.put(newId, { ...group, id: newId, type: 'supergroup' })
      serve(groupId, actor, 'upgraded', { migrate_to_chat_id: newId })
      changeGroup(groupId, { migratedTo: newId })
      serve(newId, actor, 'upgraded', { migrate_from_chat_id: groupId })
      state.changed({ type: 'chat', chatId: newId })
      return newId
    }),
  }
}

/** Whether the bot hears a group. */
export function isPresent(standing: BotStanding): boolean {
  return standing !== 'left' && standing !== 'kicked'
}

/** What my_chat_member tells of the bot. */
export function membershipChange(state: State, chat: ChatId, by: 'bot' | PersonId, before: BotStanding, after: BotStanding): object {
  const member = (standing: BotStanding) => apiMember(state.bot, standing)
  return {
    chat: apiChat(state, chat),
    from: apiUser(state, by),
    date: Math.floor(state.now() / 1000),
    old_chat_member: member(before),
    new_chat_member: member(after),
  }
}

/** A ChatMember as the Bot API tells it. */
export function apiMember(user: object, standing: BotStanding): object {
  if (standing === 'muted') return { status: 'restricted', user, is_member: true, can_send_messages: false, until_date: 0 }
  return { status: standing, user, ...(standing === 'kicked' ? { until_date: 0 } : {}) }
}
