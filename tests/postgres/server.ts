// A PostgreSQL server of the tests' own: in a temporary folder, on a free port of this machine, without anything kept for good.
// Where PostgreSQL is not installed the tests that need it are left out, which vitest.config.ts says.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { Client } from 'pg'
import type { TestProject } from 'vitest/node'
import { openDatabase } from '../../src/storage/database.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the server, without a database's name; undefined in tests that run on SQLite. */
    readonly postgresServer: string | undefined
  }
}

/** A database that is migrated already; each test gets a copy of it. */
export const TEMPLATE = 'template_klinik'

/** The folder of PostgreSQL's programs; undefined where it is not installed. */
export function findPrograms(): string | undefined {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).toSorted((a, b) => Number(b) - Number(a)) : []
  const folders = [...versions.map((version) => join(debian, version, 'bin')), ...(process.env['PATH'] ?? '').split(delimiter)]
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')))
}

/** Vitest calls it once before the tests and what it answers once after them. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const programs = findPrograms()
  if (programs === undefined) throw new Error('PostgreSQL is not installed: vitest.config.ts leaves out what needs it.')
  const { url, stop } = await startServer(programs)
  const template = await openDatabase(await createDatabase(url, TEMPLATE, 'template1'))
  await template.close()
  project.provide('postgresServer', url)
  return stop
}

/** Makes a database and answers its address. */
export async function createDatabase(server: string, name: string, template = TEMPLATE): Promise<string> {
  await command(server, `create database ${name} template ${template}`)
  return `${server}/${name}`
}

export async function dropDatabase(server: string, name: string): Promise<void> {
  await command(server, `drop database ${name} with (force)`)
}

async function command(server: string, text: string): Promise<void> {
  const client = new Client(`${server}/postgres`)
  await client.connect()
  try {
    await client.query(text)
  } finally {
    await client.end()
  }
}

async function startServer(programs: string): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'postgres-'))
  const data = join(folder, 'data')
  const user = serverUser()
  mkdirSync(data, { mode: 0o700 })
  if (user) for (const path of [folder, data]) chownSync(path, user.uid, user.gid)
  execFileSync(join(programs, 'initdb'), ['-D', data, '-U', 'klinik', '-A', 'trust', '--no-sync', '-E', 'UTF8', '--locale=C'], { ...user, cwd: folder, stdio: 'ignore' })
  const port = await freePort()
  const settings = { port, listen_addresses: '127.0.0.1', unix_socket_directories: folder, fsync: 'off', full_page_writes: 'off', max_connections: 300, shared_buffers: '64MB', autovacuum: 'off' }
  const server = spawn(
    join(programs, 'postgres'),
    ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { ...user, cwd: folder, stdio: 'ignore' },
  )
  const stop = async () => {
    await end(server)
    rmSync(folder, { recursive: true, force: true })
  }
  // Also when the run is broken off.
  process.once('exit', () => server.kill('SIGQUIT'))
  const url = `postgres://klinik@127.0.0.1:${port}`
  try {
    await untilItAnswers(url, server)
  } catch (error) {
    await stop()
    throw error
  }
  return { url, stop }
}

/** PostgreSQL refuses to run as root: then it runs as the user its package made. */
function serverUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const id = (which: '-u' | '-g') => Number(execFileSync('id', [which, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

async function untilItAnswers(url: string, server: ChildProcess): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      await command(url, 'select 1')
      return
    } catch (error) {
      if (server.exitCode !== null || tries === 200) throw error
      await new Promise((resolve) => {
        setTimeout(resolve, 50)
      })
    }
  }
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return
  await new Promise((resolve) => {
    server.once('exit', resolve)
    // Its fast end: whoever is still connected is cut off.
    server.kill('SIGINT')
  })
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as { port: number }
  await new Promise((resolve) => probe.close(resolve))
  return port
}
