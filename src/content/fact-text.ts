// Puts dated facts into texts that refer to them as {fact.id}, and takes a sentence away when its fact may no longer be
// shown. It must not decide which facts are current.
import type { Facts } from './facts.ts'
import type { Language } from './language.ts'

const REFERENCE = /\{fact\.([^{}]*)\}/g

/** Between two sentences of a line; a reference is a sentence of its own. Closing tags stay with their sentence. */
const SENTENCE_END = /(?<=[.!?…](?:[)"”’]|<\/[a-z-]+>)*)[^\S\n]+|(?<=\}(?:<\/[a-z-]+>)*)[^\S\n]+(?=[{(<\p{Lu}])/u

/** A reference with nothing before it but marks, or an introduction that ends with a colon, and no words after it. */
const ALONE = /^(?:[^\p{L}\p{N}{}]*|.*:\s*)\{fact\.[^{}]*\}[^\p{L}\p{N}.!?{}]*$/u

/** The ids a text refers to, in order, repeated ones once. */
export function factIdsIn(text: string): readonly string[] {
  return [...new Set(Array.from(text.matchAll(REFERENCE), (match) => match[1] ?? ''))]
}

/** Whether each reference stands as a sentence of its own, at most after an introduction that ends with a colon. */
export function factsStandAlone(text: string): boolean {
  const sentences = text.split('\n').flatMap((line) => line.replaceAll(/<[^<>]*>/g, '').split(SENTENCE_END))
  return sentences.every((sentence) => !sentence.includes('{fact.') || ALONE.test(sentence))
}

/**
 * Puts in every fact a text refers to. A sentence whose fact is unknown or past its review disappears, and so does a line
 * left empty by that; the rest is untouched. Fill before a person's own words are put in, so that they are never read as
 * references. `now` is in ms UTC.
 */
export function fillFacts(text: string, facts: Pick<Facts, 'sentence'>, language: Language, now: number): string {
  if (!text.includes('{fact.')) return text
  const lines = text.split('\n').flatMap((line) => {
    if (!line.includes('{fact.')) return [line]
    const filled = line.split(SENTENCE_END).flatMap((sentence) => fillSentence(sentence, facts, language, now) ?? [])
    return filled.length === 0 ? [] : [filled.join(' ')]
  })
  return lines.join('\n').replaceAll(/\n{3,}/g, '\n\n').trim()
}

function fillSentence(text: string, facts: Pick<Facts, 'sentence'>, language: Language, now: number): string | undefined {
  let whole = true
  const filled = text.replaceAll(REFERENCE, (_, id: string) => {
    const sentence = facts.sentence(id, language, now)
    whole &&= sentence !== undefined
    return sentence ?? ''
  })
  return whole ? filled : undefined
}
