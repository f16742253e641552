// Holds the README to the truth where a machine can: what it links to is there, and it names every setting and only commands we have.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { packageRoot } from '../src/package-root.ts'

const read = (name: string) => readFileSync(join(packageRoot(), name), 'utf8')
const readme = read('README.md')

describe('the README', () => {
  it('shows and links only files that are there', () => {
    const linked = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, path]) => path ?? '')
    expect(linked).toContain('tests/web/simulator-page.png')
    expect(linked.filter((path) => !existsSync(join(packageRoot(), path)))).toEqual([])
  })

  it('explains every setting of .env.example', () => {
    const settings = [...read('.env.example').matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name ?? '')
    expect(settings.length).toBeGreaterThan(10)
    expect(settings.filter((name) => !readme.includes(`\`${name}\``))).toEqual([])
  })

  it('names only commands that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Readonly<Record<string, string>> }
    const named = [...readme.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, name]) => name ?? '')
    expect(named.length).toBeGreaterThan(3)
    expect(named.filter((name) => !(name in scripts))).toEqual([])
  })
})
