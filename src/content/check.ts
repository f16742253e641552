// Checks everything in data/ and locales/ together: shapes, languages, each text, and what refers to what.
// It must not read files or the clock: sources and time come in as arguments.
import type { z } from 'zod'
import { assessmentFile, instrumentTexts } from './assessment.ts'
import type { CamelCased } from './camel-case.ts'
import { cannedAnswersFile } from './canned-answers.ts'
import { clinicFile } from './clinic.ts'
import { createFacts, factsFile } from './facts.ts'
import type { Fact } from './facts.ts'
import { helpTopicsFile } from './help-topics.ts'
import { compareLanguages, readLocaleFile } from './locales.ts'
import { checkMedia, type MediaFile } from './media.ts'
import { findPlainnessProblems, plainLanguageFile } from './plain-language.ts'
import type { PlainLanguage } from './plain-language.ts'
import type { Problem } from './problem.ts'
import { sectorsFile } from './sectors.ts'
import type { Source } from './sources.ts'
import { checkText } from './text-check.ts'
import { checkTip, tipTextKeys } from './tip-check.ts'
import { currentTips, tipsFile } from './tips.ts'
import type { Tip } from './tips.ts'
import { readYaml } from './yaml-file.ts'

export interface ContentReport {
  readonly problems: readonly Problem[]
  /** One line on what was checked. */
  readonly summary: string
}

/** Checks all sources as they would be shown at `now` (ms UTC), with the pictures and voice notes there are, and collects every problem. */
export function checkContent(sources: readonly Source[], media: readonly MediaFile[], now: number): ContentReport {
  const problems: Problem[] = []
  const known = new Set<string>()

  const read = <S extends z.ZodType>(file: string, schema: S): CamelCased<z.output<S>> | undefined => {
    known.add(file)
    const text = sources.find((source) => source.file === file)?.text
    if (text === undefined) {
      problems.push({ file, key: '', what: 'is missing', mend: 'Put it back from the history of the repository.' })
      return undefined
    }
    const reading = readYaml(file, text, schema)
    if (reading.type === 'read') return reading.value
    problems.push(...reading.problems)
    return undefined
  }

  read('data/clinic.yaml', clinicFile)
  const instrument = read('data/assessment.yaml', assessmentFile)
  const facts = read('data/facts.yaml', factsFile)?.facts
  const sectors = read('data/sectors.yaml', sectorsFile)?.sectors
  const tips = read('data/tips.yaml', tipsFile)?.tips
  const topics = read('data/help-topics.yaml', helpTopicsFile)?.topics
  const canned = read('data/canned-answers.yaml', cannedAnswersFile)?.answers
  const plainLanguage = read('data/plain-language.yaml', plainLanguageFile)

  if (tips !== undefined) problems.push(...checkMedia(tips, media))

  for (const topic of topics ?? []) {
    for (const id of topic.tips.filter((id) => tips?.every((tip) => tip.id !== id))) {
      problems.push({ file: 'data/help-topics.yaml', key: `topics.${topic.id}.tips`, what: `names a tip that is not there: ${id}`, mend: 'Name an id of data/tips.yaml.' })
    }
  }

  for (const { file } of sources) {
    if (!file.startsWith('data/') || known.has(file)) continue
    problems.push({ file, key: '', what: 'nothing checks this file', mend: 'Add its shape to src/content/check.ts.' })
  }

  const locales = sources
    .filter(({ file }) => file.startsWith('locales/'))
    .map(({ file, text }) => readLocaleFile(file, text))
  const texts = locales.flatMap((locale) => locale.texts)
  problems.push(...locales.flatMap((locale) => locale.problems), ...compareLanguages(texts))

  if (plainLanguage !== undefined && facts !== undefined) {
    problems.push(...texts.flatMap((text) => checkText(text, { facts, plainLanguage, now })))
    if (tips !== undefined && sectors !== undefined) {
      problems.push(...tips.flatMap((tip) => checkTip(tip, { facts, sectors, plainLanguage, now })))
    }
  }
  if (plainLanguage !== undefined) {
    const reviewed = [
      ...(canned ?? []).map(({ title, body }) => ({ file: 'data/canned-answers.yaml', key: `answers.${title}`, text: body })),
      ...(facts ?? []).map(({ id, text }) => ({ file: 'data/facts.yaml', key: `facts.${id}.text`, text })),
      ...(sectors ?? []).map((sector) => {
        return { file: 'data/sectors.yaml', key: `sectors.${sector.id}.label.id`, text: sector.label.id }
      }),
      ...(topics ?? []).map(({ id, label }) => ({ file: 'data/help-topics.yaml', key: `topics.${id}.label.id`, text: label.id })),
      ...(instrument === undefined ? [] : instrumentTexts(instrument)).map((entry) => ({ file: 'data/assessment.yaml', ...entry })),
    ]
    for (const { file, key, text } of reviewed) {
      problems.push(...findPlainnessProblems(text, plainLanguage).map(({ what, mend }) => ({ file, key, what, mend })))
    }
    const keys = [...texts.map(({ key }) => key), ...(tips ?? []).flatMap(tipTextKeys)]
    problems.push(...staleExemptions(plainLanguage, new Set(keys)))
  }

  const questions = (instrument?.areas ?? []).flatMap(({ items }) => items)
  const counts = [`${facts?.length ?? 0} facts`, `${sectors?.length ?? 0} sectors`, `${questions.length} questions`, describeTips(tips ?? [], facts ?? [], now)]
  return { problems, summary: `${counts.join(', ')} and ${texts.length} texts checked` }
}

/** How many tips there are, and which are not shown for now: a fact grows old by itself, so that is no mistake. */
function describeTips(tips: readonly Tip[], facts: readonly Fact[], now: number): string {
  const current = currentTips(tips, createFacts(facts), now)
  const hidden = tips.filter((tip) => !current.includes(tip)).map(({ id }) => id)
  return `${tips.length} tips${hidden.length === 0 ? '' : ` (hidden until their facts are reviewed: ${hidden.join(', ')})`}`
}

function staleExemptions({ exempt }: PlainLanguage, keys: ReadonlySet<string>): readonly Problem[] {
  return exempt
    .filter(({ key }) => !keys.has(key))
    .map(({ key }) => ({
      file: 'data/plain-language.yaml',
      key: `exempt.${key}`,
      what: 'no text has this key',
      mend: 'Remove the exemption or correct the key.',
    }))
}
