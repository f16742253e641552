// The operator's commands as they are typed, beside a clinic that runs, was killed, or was never started.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { packageRoot } from '../../src/package-root.ts'
import { startProcess, waitFor } from '../faults/support/process.ts'

const ENV = { PORT: '0' }
let cwd = ''

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'commands-'))
})
afterEach(() => rmSync(cwd, { recursive: true, force: true }))

function run(command: 'backup' | 'restore' | 'doctor', args: readonly string[] = [], env: Readonly<Record<string, string>> = ENV) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(packageRoot(), 'dist/src/cli', `${command}.js`), ...args], { cwd, env: { PATH: process.env['PATH'], ...env }, encoding: 'utf8' })
  return { status, stdout, stderr }
}

async function startClinic() {
  const clinic = await startProcess({ cwd, env: ENV })
  await waitFor(() => clinic.stdout().includes('http'), () => clinic.stderr())
  return clinic
}

describe("the operator's commands", () => {
  it('back a running clinic up, refuse to replace its database, and restore it once it was killed', async () => {
    const clinic = await startClinic()
    expect(run('backup')).toMatchObject({ status: 0, stdout: expect.stringMatching(/simulator-\d{8}-\d{6}\.db \(\d+\.\d MB\), checked\./) as string })
    const [file = ''] = readdirSync(join(cwd, 'var/backups'))
    expect(run('restore', ['--drill'])).toMatchObject({ status: 0, stdout: expect.stringContaining(`${file} would be restored within`) as string })
    expect(run('restore', [file])).toMatchObject({ status: 1, stderr: expect.stringContaining('Stop the clinic first') as string })

    clinic.signal('SIGKILL')
    await clinic.ended
    expect(run('restore', [file])).toMatchObject({ status: 0, stdout: expect.stringMatching(/was restored .*\n.* is kept as .*before-restore-simulator-/) as string })
    expect(run('doctor')).toMatchObject({ status: 0, stdout: expect.stringContaining('Problems: 0') as string })

    const again = await startClinic()
    again.signal('SIGTERM')
    expect(await again.ended).toMatchObject({ code: 0 })
  })

  it('say before the first start what there is to do', () => {
    expect(run('backup')).toMatchObject({ status: 1, stderr: expect.stringContaining('the first start of the clinic makes it') as string })
    expect(run('restore')).toMatchObject({ status: 2, stderr: expect.stringContaining('npm run backup') as string })
    expect(run('restore', ['--now'])).toMatchObject({ status: 2, stderr: expect.stringContaining('Usage') as string })
  })

  it.each(['backup', 'restore', 'doctor'] as const)('name settings that are wrong: %s', (command) => {
    const { status, stdout, stderr } = run(command, [], { PORT: 'delapan' })
    expect(status).toBe(1)
    expect(stdout + stderr).toContain('PORT must be a whole number')
  })
})
