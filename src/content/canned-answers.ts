// Answers volunteers send often, as a new clinic begins with them. It must not keep or send them.
import { z } from 'zod'
import { loadYaml } from './yaml-file.ts'

export const CANNED_TITLE_MAX_CHARS = 40
export const CANNED_BODY_MAX_CHARS = 1500

const answer = z.strictObject({
  title: z.string().trim().min(3).max(CANNED_TITLE_MAX_CHARS).meta({ example: '"Izin NIB"' }),
  body: z.string().trim().min(10).max(CANNED_BODY_MAX_CHARS).meta({ example: '"NIB diurus sendiri lewat oss.go.id."' }),
})

/** The shape of `data/canned-answers.yaml`; unknown names are refused. */
export const cannedAnswersFile = z.strictObject({
  answers: z.array(answer).refine((all) => new Set(all.map(({ title }) => title)).size === all.length, 'the same title stands there twice').meta({ example: 'see data/canned-answers.yaml' }),
})

export interface CannedText {
  readonly title: string
  readonly body: string
}

/** Reads the file at `path`. Throws a `ContentError` that lists every problem. */
export function loadCannedAnswers(path: string): readonly CannedText[] {
  return loadYaml(path, cannedAnswersFile).answers
}
