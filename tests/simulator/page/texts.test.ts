// Every text the page's scripts and templates name is there, in both languages.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { packageRoot } from '../../../src/package-root.ts'

const ASSETS = join(packageRoot(), 'src/simulator/page/assets')
const files = readdirSync(ASSETS).filter((name) => /\.(js|html)$/.test(name))
const source = files.map((name) => readFileSync(join(ASSETS, name), 'utf8')).join('\n')
const whole = [...source.matchAll(/\bt\('([^']+)'|\[\[([\w-]+)\]\]/g)].map((match) => match[1] ?? match[2] ?? '')
const beginnings = [...source.matchAll(/\bt\(`([\w-]+-)\$\{/g)].map((match) => match[1] ?? '')
/** Filled by the server, not by a text. */
const GIVEN = new Set(['language', 'problem'])

describe.each(['id', 'en'])('the texts in locales/%s/simulator.json', (language) => {
  const texts = JSON.parse(readFileSync(join(packageRoot(), 'locales', language, 'simulator.json'), 'utf8')) as Record<string, string>

  it('cover what the page names', () => {
    expect(whole.length).toBeGreaterThan(50)
    expect(whole.filter((key) => !GIVEN.has(key) && texts[key] === undefined)).toEqual([])
    expect(beginnings.filter((start) => !Object.keys(texts).some((key) => key.startsWith(start)))).toEqual([])
  })

  it('are all used', () => {
    const used = (key: string): boolean => source.includes(`'${key}'`) || whole.includes(key)
      || key.startsWith('code-') || key.startsWith('refused-') || beginnings.some((start) => key.startsWith(start))
    expect(Object.keys(texts).filter((key) => !used(key))).toEqual([])
  })
})
