// What may happen to a case, by whom, and why not otherwise: every state, event and person, and what no row of events may break.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Actor, type Case, CASE_EVENTS, type CaseChange, type CaseEvent, CLOCK, moveCase, REOPEN_FOR_MS } from '../../src/cases/case.ts'

const NOW = Date.UTC(2026, 10, 23, 2)
const DAY_MS = 86_400_000
const [SARI, BUDI, TUTI, RINI, JOKO, ANA] = [1, 2, 3, 4, 5, 6] as const

const CASE: Case = { id: 7, number: 7, personId: SARI, state: 'waiting', volunteerId: null, turn: null, outcome: null, frozenFrom: null, createdAt: NOW - 3 * DAY_MS, closedAt: null, purgedAt: null }
const STATES: Readonly<Record<string, Case>> = {
  waiting: CASE,
  claimed: { ...CASE, state: 'claimed', volunteerId: BUDI, turn: 'volunteer' },
  /** The volunteer wrote last. */
  answered: { ...CASE, state: 'claimed', volunteerId: BUDI, turn: 'owner' },
  closing: { ...CASE, state: 'closing', volunteerId: BUDI, turn: 'owner', outcome: 'referred' },
  frozen: { ...CASE, state: 'frozen', volunteerId: BUDI, turn: 'owner', frozenFrom: 'claimed' },
  closed: { ...CASE, state: 'closed', volunteerId: BUDI, outcome: 'solved', closedAt: NOW - DAY_MS },
}

const nobody: Actor = { person: JOKO, isOwner: false, assigned: undefined, isCoordinator: false, isVolunteer: false }
const ACTORS: Readonly<Record<string, Actor>> = {
  owner: { ...nobody, person: SARI, isOwner: true },
  'owner who helps too': { ...nobody, person: SARI, isOwner: true, isVolunteer: true },
  lead: { ...nobody, person: BUDI, assigned: 'lead', isVolunteer: true },
  expert: { ...nobody, person: TUTI, assigned: 'expert', isVolunteer: true },
  coordinator: { ...nobody, person: RINI, isCoordinator: true, isVolunteer: true },
  'another volunteer': { ...nobody, isVolunteer: true },
  stranger: nobody,
  clock: CLOCK,
}

const EVENTS: Readonly<Record<string, CaseEvent>> = {
  claim: { type: 'claim' },
  'owner-writes': { type: 'owner-writes' },
  'volunteer-writes': { type: 'volunteer-writes' },
  release: { type: 'release' },
  lapse: { type: 'lapse' },
  leave: { type: 'leave' },
  'hand-over': { type: 'hand-over', to: ANA },
  'hand-over to who has it': { type: 'hand-over', to: BUDI },
  'hand-over to the owner': { type: 'hand-over', to: SARI },
  join: { type: 'join', expert: ANA },
  'join of who has it': { type: 'join', expert: BUDI },
  'join of the owner': { type: 'join', expert: SARI },
  'propose-close': { type: 'propose-close', outcome: 'solved' },
  confirm: { type: 'confirm' },
  deny: { type: 'deny' },
  expire: { type: 'expire' },
  cancel: { type: 'cancel' },
  reopen: { type: 'reopen' },
  'reopen without who helped': { type: 'reopen', toQueue: true },
  report: { type: 'report' },
  'settle-report go-on': { type: 'settle-report', as: 'go-on' },
  'settle-report give-back': { type: 'settle-report', as: 'give-back' },
  'settle-report close': { type: 'settle-report', as: 'close' },
  purge: { type: 'purge' },
}

/** What a word of the table stands for; any other word is a refusal. */
const MEANINGS: Readonly<Record<string, (by: Actor, of: Case) => Partial<CaseChange>>> = {
  '=': () => ({}),
  MINE: (by) => ({ state: 'claimed', volunteerId: by.person, turn: 'volunteer', outcome: null }),
  ANA: () => ({ state: 'claimed', volunteerId: ANA, turn: 'volunteer', outcome: null }),
  BUDI: () => ({ state: 'claimed', volunteerId: BUDI, turn: 'volunteer', outcome: null }),
  HERS: () => ({ turn: 'owner' }),
  HIS: () => ({ state: 'claimed', turn: 'volunteer', outcome: null }),
  QUEUE: () => ({ state: 'waiting', volunteerId: null, turn: null, outcome: null, frozenFrom: null, toFront: true }),
  ASKED: () => ({ state: 'closing', turn: 'owner', outcome: 'solved' }),
  HELPED: () => ({ state: 'closed', turn: null, outcome: 'self-help' }),
  SOLVED: () => ({ state: 'closed', turn: null, outcome: 'solved' }),
  REFERRED: () => ({ state: 'closed', turn: null, outcome: 'referred', frozenFrom: null }),
  DISMISSED: () => ({ state: 'closed', volunteerId: null, turn: null, outcome: 'referred', frozenFrom: null }),
  SILENT: () => ({ state: 'closed', turn: null, outcome: 'no-answer' }),
  CANCELLED: () => ({ state: 'closed', turn: null, outcome: 'cancelled' }),
  FROZEN: (_by, of) => ({ state: 'frozen', frozenFrom: of.state as 'claimed' }),
  THAWED: () => ({ state: 'claimed', frozenFrom: null }),
}

/** For whoever has no line of their own the answer is always "not-yours". */
const TABLE = `
event                      who                  waiting      claimed      answered     closing      frozen      closed
claim                      owner                own-case     own-case     own-case     own-case     own-case    own-case
claim                      owner who helps too  own-case     own-case     own-case     own-case     own-case    own-case
claim                      lead                 MINE         yours        yours        yours        frozen      closed
claim                      expert               MINE         yours        yours        yours        frozen      closed
claim                      coordinator          MINE         taken        taken        taken        frozen      closed
claim                      another volunteer    MINE         taken        taken        taken        frozen      closed
owner-writes               owner                =            HIS          HIS          HIS          frozen      closed
owner-writes               owner who helps too  =            HIS          HIS          HIS          frozen      closed
volunteer-writes           lead                 not-claimed  HERS         HERS         HERS         frozen      closed
volunteer-writes           expert               not-claimed  HERS         HERS         HERS         frozen      closed
release                    lead                 not-claimed  QUEUE        QUEUE        QUEUE        frozen      closed
lapse                      clock                not-claimed  QUEUE        not-due      closing      frozen      closed
leave                      clock                not-claimed  QUEUE        QUEUE        closing      frozen      closed
hand-over                  lead                 not-claimed  ANA          ANA          ANA          frozen      closed
hand-over                  coordinator          ANA          ANA          ANA          ANA          frozen      closed
hand-over to who has it    lead                 not-claimed  yours        yours        yours        frozen      closed
hand-over to who has it    coordinator          BUDI         yours        yours        yours        frozen      closed
hand-over to the owner     lead                 own-case     own-case     own-case     own-case     own-case    own-case
hand-over to the owner     coordinator          own-case     own-case     own-case     own-case     own-case    own-case
join                       lead                 not-claimed  =            =            =            frozen      closed
join                       coordinator          not-claimed  =            =            =            frozen      closed
join of who has it         lead                 not-claimed  yours        yours        yours        frozen      closed
join of who has it         coordinator          not-claimed  yours        yours        yours        frozen      closed
join of the owner          lead                 own-case     own-case     own-case     own-case     own-case    own-case
join of the owner          coordinator          own-case     own-case     own-case     own-case     own-case    own-case
propose-close              lead                 not-claimed  ASKED        ASKED        closing      frozen      closed
confirm                    owner                HELPED       SOLVED       SOLVED       REFERRED     frozen      closed
confirm                    owner who helps too  HELPED       SOLVED       SOLVED       REFERRED     frozen      closed
deny                       owner                not-claimed  not-closing  not-closing  HIS          frozen      closed
deny                       owner who helps too  not-claimed  not-closing  not-closing  HIS          frozen      closed
expire                     clock                not-claimed  not-due      SILENT       REFERRED     frozen      closed
cancel                     owner                CANCELLED    CANCELLED    CANCELLED    CANCELLED    frozen      closed
cancel                     owner who helps too  CANCELLED    CANCELLED    CANCELLED    CANCELLED    frozen      closed
reopen                     owner                not-closed   not-closed   not-closed   not-closed   frozen      BUDI
reopen                     owner who helps too  not-closed   not-closed   not-closed   not-closed   frozen      BUDI
reopen without who helped  owner                not-closed   not-closed   not-closed   not-closed   frozen      QUEUE
reopen without who helped  owner who helps too  not-closed   not-closed   not-closed   not-closed   frozen      QUEUE
report                     owner                not-claimed  FROZEN       FROZEN       FROZEN       frozen      FROZEN
report                     owner who helps too  not-claimed  FROZEN       FROZEN       FROZEN       frozen      FROZEN
report                     lead                 not-claimed  FROZEN       FROZEN       FROZEN       frozen      FROZEN
report                     expert               not-claimed  FROZEN       FROZEN       FROZEN       frozen      FROZEN
settle-report go-on        coordinator          not-frozen   not-frozen   not-frozen   not-frozen   THAWED      not-frozen
settle-report give-back    coordinator          not-frozen   not-frozen   not-frozen   not-frozen   QUEUE       not-frozen
settle-report close        coordinator          not-frozen   not-frozen   not-frozen   not-frozen   DISMISSED   not-frozen
purge                      clock                not-closed   not-closed   not-closed   not-closed   not-closed  =
`

const [head = [], ...lines] = TABLE.trim().split('\n').map((line) => line.split(/ {2,}/))
const states = head.slice(2)
const told = new Map(lines.map(([event, who, ...results]) => [`${event} by ${who}`, results]))

describe.each(Object.entries(EVENTS))('%s', (name, event) => {
  describe.each(Object.entries(ACTORS))('by %s', (who, by) => {
    const results = told.get(`${name} by ${who}`) ?? states.map(() => 'not-yours')
    it.each(states.map((state, at) => [state, results[at]!] as const))('when %s: %s', (state, result) => {
      const of = STATES[state]!
      const { state: before, volunteerId, turn, outcome, frozenFrom } = of
      const expected = MEANINGS[result] ? { change: { state: before, volunteerId, turn, outcome, frozenFrom, ...MEANINGS[result](by, of) } } : { refused: result }
      expect(moveCase(of, event, by, NOW)).toEqual(expected)
    })
  })
})

it('tells of every event there is, and of nothing else', () => {
  expect([...new Set(Object.values(EVENTS).map(({ type }) => type))].toSorted()).toEqual([...CASE_EVENTS].toSorted())
  expect(lines.filter((line) => line.length !== head.length || !EVENTS[line[0]!] || !ACTORS[line[1]!])).toEqual([])
})

describe('going on with a closed case', () => {
  const owner = ACTORS['owner']!
  const closedAgo = (ms: number, more: Partial<Case> = {}): Case => ({ ...STATES['closed']!, closedAt: NOW - ms, ...more })
  it.each([
    ['just before fourteen days', closedAgo(REOPEN_FOR_MS - 1), { state: 'claimed', volunteerId: BUDI }],
    ['that nobody had taken', closedAgo(DAY_MS, { volunteerId: null }), { state: 'waiting', volunteerId: null, toFront: true }],
  ])('is possible %s', (_, of, change) => expect(moveCase(of, { type: 'reopen' }, owner, NOW)).toMatchObject({ change }))
  it.each([
    ['after fourteen days', closedAgo(REOPEN_FOR_MS)],
    ['whose words are gone', closedAgo(DAY_MS, { purgedAt: NOW })],
  ])('is too late %s', (_, of) => expect(moveCase(of, { type: 'reopen' }, owner, NOW)).toEqual({ refused: 'too-late' }))
})

describe('a report settled', () => {
  const settles = (frozenFrom: Case['frozenFrom'], as: 'go-on' | 'close', outcome: Case['outcome'] = null) =>
    moveCase({ ...STATES['frozen']!, frozenFrom, outcome }, { type: 'settle-report', as }, ACTORS['coordinator']!, NOW)
  it('goes on where it stood', () => {
    expect(settles('closing', 'go-on', 'solved')).toMatchObject({ change: { state: 'closing', volunteerId: BUDI, outcome: 'solved', frozenFrom: null } })
    expect(settles('closed', 'go-on', 'solved')).toMatchObject({ change: { state: 'closed', outcome: 'solved', frozenFrom: null } })
  })
  it('closed keeps how it came out, if that was said', () => {
    expect(settles('closing', 'close', 'solved')).toMatchObject({ change: { state: 'closed', outcome: 'solved' } })
  })
})

/** Who is assigned follows from what happened, as the tables keep it. */
const happening = fc.record({ event: fc.constantFrom(...Object.values(EVENTS)), by: fc.constantFrom(SARI, BUDI, TUTI, RINI, JOKO, 0), after: fc.integer({ min: 0, max: 5 * DAY_MS }) })

/** Lets things happen one after the other and shows each that did. */
function live(happenings: readonly { readonly event: CaseEvent; readonly by: number; readonly after: number }[], look: (before: Case, event: CaseEvent, by: Actor, after: Case & Pick<CaseChange, 'toFront'>) => void): void {
  let of: Case = CASE
  let now = NOW
  for (const { event, by, after } of happenings) {
    now += after
    const assigned = of.volunteerId === by && (of.state === 'claimed' || of.state === 'closing') ? 'lead' : undefined
    const actor: Actor = by === 0 ? CLOCK : { person: by, isOwner: by === SARI, assigned, isCoordinator: by === RINI, isVolunteer: by !== SARI && by !== JOKO }
    const move = moveCase(of, event, actor, now)
    if ('refused' in move) continue
    const next = { ...of, ...move.change, closedAt: move.change.state === 'closed' ? (of.closedAt ?? now) : null }
    look(of, event, actor, next)
    of = next
  }
}
const holds = (look: Parameters<typeof live>[1]) => fc.assert(fc.property(fc.array(happening, { maxLength: 60 }), (happenings) => live(happenings, look)), { numRuns: 500 })

describe('whatever happens in whatever order', () => {
  it('a case that waits is with nobody, one that is worked on with exactly one', () => {
    holds((_before, _event, _by, { state, volunteerId, turn }) => {
      if (state === 'waiting') expect([volunteerId, turn]).toEqual([null, null])
      if (state === 'claimed' || state === 'closing') {
        expect(volunteerId).not.toBeNull()
        expect(turn).not.toBeNull()
      }
    })
  })

  it('a closed or frozen case is taken by nobody; only its owner opens one, only a coordinator settles the other', () => {
    holds((before, event, by, after) => {
      if (after.state === before.state) return
      if (before.state === 'closed') expect([event.type === 'reopen' || event.type === 'report', by.isOwner || by.assigned !== undefined]).toEqual([true, true])
      if (before.state === 'frozen') expect([event.type, by.isCoordinator]).toEqual(['settle-report', true])
    })
  })

  it('it never goes to its owner, and to nobody but who took it or was named', () => {
    holds((before, event, by, after) => {
      expect(after.volunteerId).not.toBe(SARI)
      if (after.volunteerId === before.volunteerId || after.volunteerId === null) return
      expect(after.volunteerId).toBe(event.type === 'hand-over' ? event.to : by.person)
    })
  })

  it('what was held goes to the front when it comes back, and has a place to come from when frozen', () => {
    holds((before, _event, _by, after) => {
      if (after.state === 'waiting' && before.state !== 'waiting') expect(after.toFront).toBe(true)
      expect(after.frozenFrom === null).toBe(after.state !== 'frozen')
    })
  })

  it('it is closed with a word on how it came out, and open without one', () => {
    holds((_before, _event, _by, { state, outcome }) => {
      if (state === 'closed' || state === 'closing') expect(outcome).not.toBeNull()
      if (state === 'waiting' || state === 'claimed') expect(outcome).toBeNull()
    })
  })
})
