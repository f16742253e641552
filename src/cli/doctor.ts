// The command that examines the clinic: a line per check, exit code 1 when something needs mending. The checks are in src/operations/.
import { examine } from '../operations/doctor.ts'
import { describeFinding } from '../operations/finding.ts'
import { packageRoot } from '../package-root.ts'
import { readEnvironment } from './operator-command.ts'

const findings = await examine({ env: readEnvironment(), root: packageRoot(), now: Date.now })
for (const finding of findings) console.log(describeFinding(finding))
const count = (level: string) => findings.filter((one) => one.level === level).length
console.log(`Problems: ${count('problem')}, warnings: ${count('warning')}.`)
if (count('problem') > 0) process.exitCode = 1
