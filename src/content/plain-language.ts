// How plainly a Bahasa text reads: sentences, words, questions, and words that have a better one. Only the rules;
// the words and numbers stand in data/plain-language.yaml. It must not know which texts exist.
import { z } from 'zod'
import { visibleText } from './telegram-html.ts'
import type { CamelCased } from './camel-case.ts'

const LIMITS = ['sentences', 'words', 'questions', 'avoid'] as const

const words = (example: string) => z.string().trim().min(1).meta({ example })

const limit = (example: number) => z.int().min(1).max(100).meta({ example: String(example) })

/** The shape of `data/plain-language.yaml`; unknown names are refused. */
export const plainLanguageFile = z.strictObject({
  limits: z.strictObject({
    sentences_per_message_max: limit(3),
    words_per_sentence_max: limit(20),
    questions_per_message_max: limit(1),
  }),
  avoid: z.array(
    z.strictObject({
      word: words('legalitas'),
      say: words('izin'),
      but_not: z.array(words('salah satu')).meta({ example: '[salah satu]' }).optional(),
    }),
  ),
  exempt: z.array(
    z.strictObject({
      key: words('home.guide'),
      limits: z.array(z.enum(LIMITS)).min(1).meta({ example: '[sentences]' }),
      reason: z.string().trim().min(10).meta({ example: '"Consent must be complete."' }),
    }),
  ),
})

export type PlainLanguage = CamelCased<z.output<typeof plainLanguageFile>>

/** One limit a text goes over, and what to do about it. */
export interface Plainness {
  readonly limit: (typeof LIMITS)[number]
  readonly what: string
  readonly mend: string
}

const ABBREVIATION = /(?:^|[\s(])(?:bpk|dkk|dr|ds|gg|hal|hlm|ir|jl|kab|kec|kel|mis|no|prov|tgl|tlp)\.$/iu

/** Every plain-language limit a Bahasa message goes over. Placeholders count as one word; tags do not count. */
export function findPlainnessProblems(message: string, rules: PlainLanguage): readonly Plainness[] {
  const { sentencesPerMessageMax, wordsPerSentenceMax, questionsPerMessageMax } = rules.limits
  const text = visibleText(message.replaceAll(/\{\{[^{}]*\}\}/g, 'kata'))
  const sentences = sentencesOf(text)
  const problems: Plainness[] = []
  const closed = sentences.filter(({ isClosed }) => isClosed).length
  if (closed > sentencesPerMessageMax) {
    const what = `has ${closed} sentences, at most ${sentencesPerMessageMax} are read`
    problems.push({ limit: 'sentences', what, mend: 'Shorten it or split it into two messages.' })
  }
  const questions = sentences.filter(({ text }) => /\?["”’)]*$/.test(text)).length
  if (questions > questionsPerMessageMax) {
    problems.push({ limit: 'questions', what: `asks ${questions} questions`, mend: 'Ask one thing per message.' })
  }
  for (const { text } of sentences) {
    const count = text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length
    if (count <= wordsPerSentenceMax) continue
    const what = `a sentence of ${count} words, at most ${wordsPerSentenceMax} are read: "${text.slice(0, 40)}…"`
    problems.push({ limit: 'words', what, mend: 'Make it two sentences.' })
  }
  for (const { word, say, butNot } of rules.avoid) {
    const rest = (butNot ?? []).reduce((left, expression) => left.replaceAll(wholeWord(expression), ' '), text)
    if (!wholeWord(word).test(rest)) continue
    problems.push({ limit: 'avoid', what: `"${word}" is to be avoided`, mend: `Say "${say}".` })
  }
  return problems
}

/**
 * The sentences of a visible text. A line that does not end like a sentence (a heading, a list item) is not closed:
 * it is measured in words but not counted as a sentence.
 */
function sentencesOf(text: string): readonly { readonly text: string; readonly isClosed: boolean }[] {
  return text.split('\n').flatMap((line) => {
    const sentences: string[] = []
    for (const piece of line.trim().split(/(?<=[.!?…]["”’)]*)\s+/)) {
      const last = sentences.at(-1)
      if (last !== undefined && ABBREVIATION.test(last)) sentences[sentences.length - 1] = `${last} ${piece}`
      else if (piece !== '') sentences.push(piece)
    }
    return sentences.map((sentence) => ({ text: sentence, isClosed: /[.!?…]["”’)]*$/.test(sentence) }))
  })
}

function wholeWord(expression: string): RegExp {
  const escaped = expression.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
  return new RegExp(String.raw`(?<![\p{L}\p{N}_])${escaped}(?![\p{L}\p{N}_])`, 'giu')
}
