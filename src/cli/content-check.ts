// The command that checks data/ and locales/: prints every problem, one a line, or one line when there is none.
// A day may be named (2027-01-31) to see what will have expired by then; otherwise it is today.
// The rules live in src/content/, not here.
import { checkContent } from '../content/check.ts'
import { readMedia } from '../content/media.ts'
import { describeProblem } from '../content/problem.ts'
import { readSources } from '../content/sources.ts'
import { packageRoot } from '../package-root.ts'

const [day] = process.argv.slice(2)
const now = day === undefined ? Date.now() : Date.parse(`${day}T12:00:00+07:00`)

if (Number.isNaN(now)) {
  console.error(`"${day}" is not a day. Example: 2027-01-31`)
  process.exitCode = 2
} else {
  const { problems, summary } = checkContent(readSources(packageRoot()), readMedia(packageRoot()), now)
  for (const problem of problems) console.log(describeProblem(problem))
  if (problems.length > 0) process.exitCode = 1
  console.log(problems.length === 0 ? `${summary}: nothing to mend.` : `${summary}: ${problems.length} to mend.`)
}
