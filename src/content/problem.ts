// What a reviewer is told about a piece of content: where it is, what is wrong and how to mend it.
// It must not know any particular kind of content.

/** One thing to mend. `file` is relative to the package, `key` is the path inside it, `mend` is a full sentence. */
export interface Problem {
  readonly file: string
  readonly key: string
  readonly what: string
  readonly mend: string
}

/** The problem on one line: file, key, what is wrong, how to mend it. */
export function describeProblem({ file, key, what, mend }: Problem): string {
  return `${file}: ${key === '' ? '' : `${key}: `}${what}. ${mend}`.replaceAll(/\s*\n\s*/g, ' ')
}

/** Content that cannot be used. Its message and `problems` name every place, one line each. */
export class ContentError extends Error {
  override readonly name = 'ContentError'
  readonly problems: readonly string[]

  constructor(problems: readonly Problem[]) {
    const lines = problems.map(describeProblem)
    super(lines.join('\n'))
    this.problems = lines
  }
}
