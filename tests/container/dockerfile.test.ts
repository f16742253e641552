// Runs the Dockerfile's own commands, in order, in clean folders, and starts what they leave. No container engine is needed;
// what only an image has (packages of its system, another user) is passed over.
import { execFileSync, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { packageRoot } from '../../src/package-root.ts'
import { startSimulator } from '../../src/simulator/server.ts'

interface Instruction {
  readonly word: string
  readonly rest: string
}

const TOKEN = `4242:${'c'.repeat(35)}`

const instructions = readFileSync(join(packageRoot(), 'Dockerfile'), 'utf8')
  .replaceAll(/^#.*\n/gm, '')
  .replaceAll(/\\\n\s*/g, '')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line): Instruction => ({ word: line.split(' ', 1)[0] ?? '', rest: line.slice(line.indexOf(' ') + 1) }))

const secondStage = instructions.findLastIndex(({ word }) => word === 'FROM')
const build = instructions.slice(0, secondStage)
const image = instructions.slice(secondStage)
const get = (word: string) => image.find((one) => one.word === word)?.rest ?? ''
const env = Object.fromEntries(get('ENV').split(' ').map((pair) => pair.split('=') as [string, string]))

/** Follows COPY and RUN in a folder that stands for the image's WORKDIR. */
function follow(stage: readonly Instruction[], folder: string, built: string): void {
  for (const { word, rest } of stage) {
    if (word === 'COPY') {
      const from = rest.startsWith('--from=build ') ? built : packageRoot()
      const [target = '', ...sources] = rest.replace('--from=build ', '').split(' ').toReversed()
      for (const source of sources) {
        const name = source.replace(/^\/app\//, '')
        cpSync(join(from, name), target === './' ? join(folder, name) : join(folder, target), { recursive: true, verbatimSymlinks: true })
      }
    }
    if (word === 'RUN' && !rest.startsWith('apt-get')) {
      execFileSync('sh', ['-ec', rest.replace(/ && chown .*$/, '')], { cwd: folder, stdio: 'pipe', env: { ...process.env, NODE_ENV: '' } })
    }
  }
}

describe.skipIf(process.env['CI'] !== 'true')(`the Dockerfile (${process.env['CI'] === 'true' ? 'step by step' : 'skipped: only with CI=true'})`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'image-'))
  const [building, running] = [join(folder, 'build'), join(folder, 'app')]
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('builds, keeps only what production needs, runs as nobody special, and is healthy', { timeout: 600_000 }, async () => {
    mkdirSync(building)
    mkdirSync(running)
    follow(build, building, '')
    follow(image, running, building)

    expect(get('USER')).toBe('node')
    expect(get('VOLUME')).toBe('/app/var')
    for (const absent of ['typescript', 'vitest', 'oxlint', 'telegraf', 'telegraf-session-local']) expect(existsSync(join(running, 'node_modules', absent)), absent).toBe(false)
    expect(existsSync(join(running, 'src'))).toBe(false)

    const simulator = await startSimulator({ now: Date.now, token: TOKEN, bot: { firstName: 'Klinik', username: 'klinik_bot' } })
    const settings = { PATH: process.env['PATH'], ...env, PORT: '18471', BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: simulator.origin, LOG_LEVEL: 'silent' }
    const [command = '', ...args] = JSON.parse(get('CMD')) as string[]
    const clinic = spawn(command, args, { cwd: running, env: settings, stdio: 'pipe' })
    const ended = new Promise<number | null>((resolve) => void clinic.on('exit', resolve))
    try {
      await new Promise<void>((resolve, reject) => {
        const stop = simulator.world.onChange(() => {
          if (!simulator.world.calls().some(({ method }) => method === 'getUpdates')) return
          stop()
          resolve()
        })
        void clinic.on('exit', (code) => reject(new Error(`It ended with ${code}.`)))
      })
      const [probe = '', ...probing] = JSON.parse(get('HEALTHCHECK').replace(/^.* CMD /, '')) as string[]
      execFileSync(probe, probing, { env: settings })
    } finally {
      clinic.kill('SIGTERM')
    }
    expect(await ended).toBe(0)
    await simulator.close()
  })
})
