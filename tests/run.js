// Runs every test and closes with the line that counts them: "N passed, N failed". What keeps the machine busy by itself runs after the
// others, one file at a time.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const RUNS = [['--project=!busy-*'], ['--project=busy-*', '--no-file-parallelism']]

/** One run of vitest, counted. */
function run(options) {
  const folder = mkdtempSync(join(tmpdir(), 'vitest-'))
  const report = join(folder, 'report.json')
  const args = ['run', '--config', 'tests/vitest.config.ts', '--passWithNoTests', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...options, ...process.argv.slice(2)]
  try {
    const { status } = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', ...args], { stdio: 'inherit' })
    const result = JSON.parse(readFileSync(report, 'utf8'))
    // A file that can't be read or throws outside its tests has failed too, though no test of it is counted.
    const broken = result.testResults.filter((file) => file.status === 'failed' && !file.assertionResults.some((one) => one.status === 'failed')).length
    return { ok: status === 0, passed: result.numPassedTests, failed: result.numFailedTests + broken, skipped: result.numPendingTests + result.numTodoTests }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const counts = RUNS.map(run)
const total = (name) => counts.reduce((sum, one) => sum + one[name], 0)
process.stdout.write(`${total('passed')} passed, ${total('failed')} failed${total('skipped') > 0 ? `, ${total('skipped')} skipped` : ''}\n`)
process.exitCode = counts.every(({ ok }) => ok) && total('failed') === 0 && total('passed') > 0 ? 0 : 1
