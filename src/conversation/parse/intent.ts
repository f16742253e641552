// Reads what a whole typed message wants of the clinic. It must not search for wishes inside longer sentences, except for
// urgent harm, and must not be used where typing can't count: consent and deletion take buttons only.
import { ADDRESS_WORDS, collapseRuns, fold, normalise, PARTICLES, wordsOf } from './normalise.ts'
import { AROUND, type Intent, NEGATED, NEGATIONS, PHRASES } from './intent-words.ts'
import { spellingDistance } from './spelling.ts'
import { isUrgent } from './urgent.ts'

export type { Intent } from './intent-words.ts'

/** Stronger rows win over weaker ones ("oke batal" is a cancel); two intents of one row stay unclear ("ya tidak"). */
const STRENGTH: readonly (readonly Intent[])[] = [
  ['urgent'],
  ['data-see', 'data-change', 'data-erase', 'leave'],
  ['cancel', 'stop'],
  ['fine'],
  ['register', 'menu'],
  ['help'],
  ['dont-know'],
  ['back', 'skip', 'later'],
  ['maybe'],
  ['no', 'yes'],
  ['thanks', 'greet'],
]
/** "Jangan batal" wants the opposite of a cancel, which no intent says. */
const NOT_NEGATABLE: ReadonlySet<Intent> = new Set([
  'cancel', 'stop', 'data-see', 'data-change', 'data-erase', 'leave', 'register', 'menu', 'back',
])
const LONGEST_MESSAGE = 200
const MOST_WORDS = 12
/** Shorter words are too near to other words for a slip of the thumb to be sure. */
const SHORTEST_SLIP = 7

interface Hit {
  readonly intent: Intent
  readonly negates: boolean
}

const NEGATION_KEYS = new Set(NEGATIONS.flatMap((word) => [keyOf(word), collapseRuns(keyOf(word))]))
const EXACT = indexPhrases((key) => key)
const COLLAPSED = indexPhrases(collapseRuns)
const LONG_WORDS = (Object.entries(PHRASES) as [Intent, readonly string[]][]).flatMap(([intent, phrases]) =>
  phrases.map((phrase) => [keyOf(phrase), intent] as const).filter(([key]) => key.length >= SHORTEST_SLIP && !key.includes(' ')),
)
/** The words a known phrase begins with, in either spelling: most sentences end the search at their first word. */
const BEGINS = new Set([...EXACT.keys(), ...COLLAPSED.keys()].map((key) => key.split(' ', 1)[0]))
const LONGEST_PHRASE = Math.max(...[...EXACT.keys()].map((key) => key.split(' ').length))

/**
 * The one thing the message wants; undefined when it wants nothing we know, or several things. The caller tries the labels of its
 * buttons first (matchChoice). Typed "berhenti" is `stop`: ask what should stop. Never throws.
 */
export function readIntent(text: string): Intent | undefined {
  const intents = readIntents(text)
  return intents.length === 1 ? intents[0] : undefined
}

/** All things the message may want, to ask back with buttons when there are several; empty when there is none. */
export const readIntents = rememberingLast(intentsOf)

function intentsOf(text: string): readonly Intent[] {
  if (isUrgent(text)) return ['urgent']
  if (text.length > LONGEST_MESSAGE) return []
  const signs = fold(text)
  if (signs === '-') return ['skip']
  if (/^\?+$/.test(signs)) return ['help']
  const [first = '', ...others] = normalise(text).split(/[,.;:!?]+/)
  // A single clause is as normalised as the text was.
  const plain = others.length === 0 ? [first] : [first, ...others].map(normalise)
  const clauses = plain.map(wordsOf).filter((words) => words.length > 0)
  if (clauses.flat().length > MOST_WORDS) return []
  const exact = readClauses(clauses, EXACT)
  if (exact.length > 0) return exact
  const collapsed = readClauses(clauses.map((words) => wordsOf(collapseRuns(words.join(' ')))), COLLAPSED)
  return collapsed.length > 0 ? collapsed : nearMiss(clauses.flat())
}

/** A message is read more than once on its way: as the answer to a question, and as a wish. */
function rememberingLast<T>(read: (text: string) => T): (text: string) => T {
  let last: { readonly text: string; readonly found: T } | undefined
  return (text) => {
    if (last?.text !== text) last = { text, found: read(text) }
    return last.found
  }
}

function readClauses(clauses: readonly (readonly string[])[], index: ReadonlyMap<string, Intent>): readonly Intent[] {
  const found: Intent[] = []
  for (const words of clauses) {
    const hits = findHits(words, index)
    const meant = hits && applyNegations(hits)
    if (meant === undefined) return []
    found.push(...meant)
  }
  const strongest = STRENGTH.find((row) => row.some((intent) => found.includes(intent)))
  return strongest?.filter((intent) => found.includes(intent)) ?? []
}

// Cuts a clause into known phrases and words that may stand around them, longest phrases first; undefined when a word is left over.
function findHits(words: readonly string[], index: ReadonlyMap<string, Intent>): readonly Hit[] | undefined {
  const [word] = words
  if (word === undefined) return []
  if (!BEGINS.has(word) && !isAround(word)) return undefined
  for (let length = Math.min(LONGEST_PHRASE, words.length); length > 0; length -= 1) {
    const phrase = words.slice(0, length).join(' ')
    const intent = index.get(phrase)
    if (intent === undefined && (length > 1 || !isAround(phrase))) continue
    const rest = findHits(words.slice(length), index)
    if (rest) return intent ? [{ intent, negates: NEGATION_KEYS.has(phrase) }, ...rest] : rest
  }
  return undefined
}

// "Tidak mau" is one no; "jangan hapus data" is not understood rather than obeyed.
function applyNegations(hits: readonly Hit[]): readonly Intent[] | undefined {
  const meant: Intent[] = []
  for (const [at, hit] of hits.entries()) {
    const negated = hits[at - 1]?.negates === true
    if (negated && NOT_NEGATABLE.has(hit.intent)) return undefined
    if (!(negated && hit.intent === 'yes')) meant.push(hit.intent)
  }
  return meant
}

function nearMiss(words: readonly string[]): readonly Intent[] {
  const [word = '', ...others] = words
  if (others.length > 0 || word.length < SHORTEST_SLIP) return []
  const near = LONG_WORDS.filter(([key]) => spellingDistance(word, key, 1) <= 1)
  const intents = [...new Set(near.map(([, intent]) => intent))]
  return intents.length === 1 ? intents : []
}

function isAround(word: string): boolean {
  return AROUND.has(word) || ADDRESS_WORDS.has(word) || PARTICLES.has(word)
}

function keyOf(phrase: string): string {
  return wordsOf(normalise(phrase)).join(' ')
}

function indexPhrases(spell: (key: string) => string): ReadonlyMap<string, Intent> {
  const index = new Map<string, Intent>()
  const generated = new Map<string, Intent>(NEGATIONS.map((word) => [spell(keyOf(word)), 'no']))
  for (const negation of NEGATIONS) {
    for (const [intent, tails] of Object.entries(NEGATED) as [Intent, readonly string[]][]) {
      for (const tail of tails) {
        for (const phrase of [`${negation} ${tail}`, `${negation}${tail}`]) generated.set(spell(keyOf(phrase)), intent)
      }
    }
  }
  for (const [intent, phrases] of Object.entries(PHRASES) as [Intent, readonly string[]][]) {
    for (const phrase of phrases) {
      const key = spell(keyOf(phrase))
      const other = index.get(key)
      if (other !== undefined && other !== intent) {
        throw new Error(`The phrase "${phrase}" stands under ${other} and ${intent} in intent-words.ts: keep one.`)
      }
      index.set(key, intent)
    }
  }
  return new Map([...generated, ...index])
}
