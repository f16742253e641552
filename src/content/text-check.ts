// Checks one text of locales/: HTML, lengths, braces, references to facts, money units and plain language.
// It must not know other texts or other languages.
import { factIdsIn, factsStandAlone, fillFacts } from './fact-text.ts'
import { isCurrent } from './facts.ts'
import type { Fact } from './facts.ts'
import type { LocaleText } from './locales.ts'
import { findPlainnessProblems } from './plain-language.ts'
import type { PlainLanguage, Plainness } from './plain-language.ts'
import type { Problem } from './problem.ts'
import { findHtmlProblem, visibleText } from './telegram-html.ts'

/** Telegram's limit for a text message, counted without tags (Bot API, sendMessage). */
const TEXT_MAX_CHARS = 4096

/** What a small screen shows of a button without cutting it. */
const BUTTON_MAX_CHARS = 40

/** Telegram's limit for the description of a command (Bot API, BotCommand). */
const COMMAND_MAX_CHARS = 256

export type Advice = Pick<Problem, 'what' | 'mend'>

/** What a text is checked against. `now` is in ms UTC. */
export interface TextRules {
  readonly facts: readonly Fact[]
  readonly plainLanguage: PlainLanguage
  readonly now: number
}

/** Everything to mend in one text. */
export function checkText(entry: LocaleText, rules: TextRules): readonly Problem[] {
  const { file, key, text } = entry
  if (text.trim() === '') return [{ file, key, what: 'is empty', mend: 'Write the text or remove the key.' }]
  const advice = [
    ...checkShape(entry),
    ...checkBraces(text),
    ...checkFacts(entry, rules),
    ...checkMoney(text),
    ...(entry.language === 'id' ? checkPlainness(key, text, rules) : []),
  ]
  return advice.map(({ what, mend }) => ({ file, key, what, mend }))
}

/** Where a text is shown, by its key: on a button, as the description of a command, or in a message. */
function placeOf(key: string): 'button' | 'command' | 'message' {
  if (/\.(label|button)(_[a-z]+)?$|\.(options|buttons)\./.test(key)) return 'button'
  return /(^|\.)commands\./.test(key) ? 'command' : 'message'
}

function checkShape({ key, text }: LocaleText): readonly Advice[] {
  const place = placeOf(key)
  if (place === 'message') {
    const html = findHtmlProblem(text)
    return [...(html === undefined ? [] : [html]), ...tooLong(visibleText(text), TEXT_MAX_CHARS, 'a message')]
  }
  const name = place === 'button' ? 'a button' : 'the description of a command'
  const max = place === 'button' ? BUTTON_MAX_CHARS : COMMAND_MAX_CHARS
  const hasHtml = /<\/?[a-z][^<>]*>|&(?:[a-z]+|#\w+);/i.test(text)
  const plain = hasHtml ? [{ what: `${name} shows HTML as it is typed`, mend: 'Use plain words.' }] : []
  const factId = factIdsIn(text)[0]
  const fact = factId === undefined ? [] : [{ what: `${name} refers to {fact.${factId}}`, mend: 'Say it in a message.' }]
  return [...plain, ...fact, ...tooLong(text.replaceAll(/\{\{[^{}]*\}\}/g, ''), max, name)]
}

function tooLong(text: string, max: number, name: string): readonly Advice[] {
  if (text.length <= max) return []
  return [{ what: `${name} of ${text.length} characters, at most ${max} fit`, mend: 'Shorten it.' }]
}

function checkBraces(text: string): readonly Advice[] {
  const rest = text.replaceAll(/\{\{[^{}]+\}\}|\{fact\.[^{}]*\}/g, '')
  if (!/[{}]/.test(rest)) return []
  return [{ what: 'has a brace of its own', mend: 'Write {{name}} for a value and {fact.id} for a fact.' }]
}

function checkFacts({ text, language }: LocaleText, { facts, now }: TextRules): readonly Advice[] {
  const ids = factIdsIn(text)
  if (ids.length === 0) return []
  const advice = [...checkFactReferences(text, facts)]
  for (const fact of facts.filter(({ id }) => ids.includes(id))) {
    if (isCurrent(fact, now)) continue
    const mend = `Look up ${fact.source} and move checked_on and review_by in data/facts.yaml, or take the fact out.`
    advice.push({ what: `{fact.${fact.id}} was to be reviewed by ${fact.reviewBy} and is hidden now`, mend })
  }
  const withoutFacts = fillFacts(text, { sentence: () => undefined }, language, now)
  if (withoutFacts === '') {
    advice.push({ what: 'nothing is left once its facts are hidden', mend: 'Add a sentence that needs no fact.' })
  } else if (findHtmlProblem(text) === undefined && findHtmlProblem(withoutFacts) !== undefined) {
    advice.push({ what: 'its tags break once its facts are hidden', mend: 'Open and close tags around the fact alone.' })
  }
  return advice
}

function checkMoney(text: string): readonly Advice[] {
  const amount = /(?<![\p{L}\d])(?:Rp\s?)?\d[\d.,]*\s?M(?![\p{L}\d])/u.exec(text)?.[0]
  if (amount === undefined) return []
  return [{ what: `"${amount}": M is read as two different amounts`, mend: 'Write "juta" or "miliar" in full.' }]
}

/** What is to be mended about the facts a text refers to: each must be known and stand as a sentence of its own. */
export function checkFactReferences(text: string, facts: readonly Fact[]): readonly Advice[] {
  const known = facts.map(({ id }) => id)
  const advice = factIdsIn(text)
    .filter((id) => !known.includes(id))
    .map((id): Advice => ({ what: `{fact.${id}} is not known`, mend: `Use one of: ${known.join(', ')}.` }))
  if (factsStandAlone(text)) return advice
  const mend = 'Put it after a full stop or a colon, with no words behind it.'
  return [...advice, { what: 'a {fact.…} is a whole sentence and must stand as one', mend }]
}

/** The plain-language limits a Bahasa text goes over, its facts filled in, without those `key` is exempt from. */
export function checkPlainness(key: string, text: string, rules: TextRules): readonly Plainness[] {
  const { facts, plainLanguage, now } = rules
  const exempt = new Set(plainLanguage.exempt.filter((entry) => entry.key === key).flatMap(({ limits }) => limits))
  const undated = { sentence: (id: string) => facts.find((fact) => fact.id === id)?.text }
  return findPlainnessProblems(fillFacts(text, undated, 'id', now), plainLanguage).filter(({ limit }) => !exempt.has(limit))
}
