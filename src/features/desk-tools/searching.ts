// Finds canned answers by typed words. Pure.
import type { CannedText } from '../../content/canned-answers.ts'
import { normalise } from '../../conversation/parse/normalise.ts'

/** Those in which every typed word begins a word, best first: words in the title count more. No words: all, in their order. */
export function searchCanned<A extends CannedText>(answers: readonly A[], typed: string): readonly A[] {
  const wanted = wordsOf(typed)
  if (wanted.length === 0) return answers
  return answers
    .map((answer) => ({ answer, title: wordsOf(answer.title), body: wordsOf(answer.body) }))
    .filter(({ title, body }) => wanted.every((word) => begins(title, word) || begins(body, word)))
    .map(({ answer, title }) => ({ answer, weight: wanted.filter((word) => begins(title, word)).length }))
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ answer }) => answer)
}

const begins = (words: readonly string[], start: string) => words.some((word) => word.startsWith(start))

const wordsOf = (text: string) => normalise(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean)
