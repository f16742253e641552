// Runs the compiled clinic as a process of its own, as an operator would, and tells what it printed and how it ended.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packageRoot } from '../../../src/package-root.ts'

const ROOT = packageRoot()
const PROGRAM = join(ROOT, 'dist/src/main.js')
const PRELOAD = join(ROOT, 'tests/faults/support/die-at-point.mjs')

export interface Ending {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

export interface ClinicProcess {
  readonly pid: number
  readonly stdout: () => string
  readonly stderr: () => string
  /** Undefined while it runs. */
  readonly ending: () => Ending | undefined
  /** Resolves when it has ended and everything it printed was read. */
  readonly ended: Promise<Ending>
  signal(name: NodeJS.Signals): void
}

let built: Promise<void> | undefined

/** Starts the clinic in `cwd` with these variables and no others. */
export async function startProcess({ cwd, env }: { readonly cwd: string; readonly env: Readonly<Record<string, string>> }): Promise<ClinicProcess> {
  await (built ??= ensureBuilt())
  const child = spawn(process.execPath, ['--import', PRELOAD, PROGRAM], { cwd, env: { PATH: process.env['PATH'], ...env } })
  let stdout = ''
  let stderr = ''
  let ending: Ending | undefined
  child.stdout.setEncoding('utf8').on('data', (text: string) => void (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => void (stderr += text))
  const ended = new Promise<Ending>((resolve) => {
    child.on('close', (code, signal) => resolve((ending = { code, signal })))
  })
  return { pid: child.pid!, stdout: () => stdout, stderr: () => stderr, ending: () => ending, ended, signal: (name) => void child.kill(name) }
}

/** Waits until `look` finds something. @throws with `otherwise()` when it has not within that time. */
export async function waitFor<T>(look: () => T | undefined | false, otherwise: () => string, withinMs = 90_000): Promise<T> {
  const end = performance.now() + withinMs
  for (;;) {
    const found = look()
    if (found !== undefined && found !== false) return found
    if (performance.now() > end) throw new Error(`Not within ${withinMs} ms: ${otherwise()}`)
    await new Promise((resolve) => {
      setTimeout(resolve, 5)
    })
  }
}

/** Compiles the program when it is absent or older than its source; several test files may ask at once. */
export async function ensureBuilt(): Promise<void> {
  if (isFresh()) return
  const lock = join(tmpdir(), `klinik-build-${statSync(ROOT).ino}`)
  await waitFor(() => takeLock(lock), () => `another build to end; if none runs, remove ${lock}`, 120_000)
  try {
    if (isFresh()) return
    const { stdout } = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'src/tsconfig.build.json'], { cwd: ROOT, encoding: 'utf8' })
    if (!existsSync(PROGRAM)) throw new Error(`The program could not be compiled: ${stdout}`)
  } finally {
    rmSync(lock, { recursive: true })
  }
}

function takeLock(lock: string): boolean {
  try {
    mkdirSync(lock)
    return true
  } catch {
    return false
  }
}

function isFresh(): boolean {
  if (!existsSync(PROGRAM)) return false
  const builtAt = statSync(PROGRAM).mtimeMs
  const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
  return sources.every((name) => statSync(join(ROOT, 'src', name)).mtimeMs <= builtAt)
}
