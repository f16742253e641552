// Holds the house together: who may import whom, and where the clock, chance and the environment may be read.
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { packageRoot } from '../src/package-root.ts'

const SRC = join(packageRoot(), 'src')
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name, text: readFileSync(join(SRC, name), 'utf8') }))

/** What a file imports: project files as paths under src/, packages by name. */
function importsOf({ name, text }: { name: string; text: string }): string[] {
  const found = [...text.matchAll(/^(?:import|export)\s[^'"]*?from\s+'([^']+)'|^import\s+'([^']+)'|import\('([^']+)'\)/gm)]
  return found.map(([, from, bare, dynamic]) => {
    const target = from ?? bare ?? dynamic ?? ''
    return target.startsWith('.') ? relative(SRC, join(SRC, name, '..', target)) : target
  })
}

const folderOf = (name: string) => name.split('/')[0] ?? ''
const featureOf = (name: string) => (name.startsWith('features/') ? name.split('/')[1] : undefined)

describe('who imports whom', () => {
  it('finds the files it checks', () => {
    expect(files.length).toBeGreaterThan(80)
    expect(files.flatMap(importsOf).filter((target) => target.startsWith('telegram/')).length).toBeGreaterThan(10)
  })

  it('conversation/ is pure: nothing of the project, and of packages only what reads phone numbers and measures spelling', () => {
    const allowed = new Set(['zod', 'libphonenumber-js/max', 'fastest-levenshtein'])
    const strangers = files
      .filter(({ name }) => folderOf(name) === 'conversation')
      .flatMap((file) => importsOf(file).filter((target) => !target.startsWith('conversation/') && !allowed.has(target)).map((target) => `${file.name} -> ${target}`))
    expect(strangers).toEqual([])
  })

  it('a feature never imports another feature', () => {
    const crossings = files.flatMap((file) => {
      const own = featureOf(file.name)
      return own === undefined ? [] : importsOf(file).filter((target) => featureOf(target) !== undefined && featureOf(target) !== own).map((target) => `${file.name} -> ${target}`)
    })
    expect(crossings).toEqual([])
  })

  it.each([
    ['storage', ['storage']],
    ['i18n', ['i18n', 'content']],
    ['villages', ['villages', 'people']],
    ['delivery', ['delivery', 'storage', 'logging.ts', 'fault-point.ts']],
    ['simulator', ['simulator', 'package-root.ts']],
    ['pictures', ['pictures']],
  ])('%s/ knows only %j', (folder, known) => {
    const strangers = files
      .filter(({ name }) => folderOf(name) === folder)
      .flatMap((file) =>
        importsOf(file)
          .filter((target) => files.some(({ name }) => name === target) && !known.includes(folderOf(target)))
          .map((target) => `${file.name} -> ${target}`),
      )
    expect(strangers).toEqual([])
  })

  it('whoever writes to people on its own asks whether they want to be written to', () => {
    const bulk = files.filter(({ name, text }) => name.startsWith('features/') && /lane: 'bulk'/.test(text))
    expect(bulk.length).toBeGreaterThan(0)
    expect(bulk.filter(({ text }) => !text.includes('isOpenToNotices')).map(({ name }) => name)).toEqual([])
  })

  it('only the composition root and entry points know which features there are', () => {
    const outsiders = files.filter(({ name }) => folderOf(name) !== 'features' && folderOf(name) !== 'cli' && name !== 'app.ts' && name !== 'feature-list.ts')
    expect(outsiders.flatMap((file) => importsOf(file).filter((target) => featureOf(target) !== undefined).map((target) => `${file.name} -> ${target}`))).toEqual([])
  })
})

describe('time, chance and surroundings are arguments', () => {
  const entries = (name: string) => name === 'main.ts' || name.startsWith('cli/')
  it.each([
    ['the clock', /\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(/],
    ['chance', /\bMath\.random\(/],
    ['the environment', /\bprocess\.env\b/],
  ])('%s is read by entry points only', (_what, pattern) => {
    const readers = files.filter(({ name, text }) => !entries(name) && pattern.test(text)).map(({ name }) => name)
    expect(readers).toEqual([])
  })
})

describe('the size of things', () => {
  it('no file is longer than 300 lines', () => {
    expect(files.filter(({ text }) => text.split('\n').length > 300).map(({ name }) => name)).toEqual([])
  })
})
