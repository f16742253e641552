// Collects the files that hold content, as text, for the content check. It must not read anything into them.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A content file: its path inside the package with forward slashes, and its text. */
export interface Source {
  readonly file: string
  readonly text: string
}

/** Every YAML file of data/ and every JSON file of locales/, below the package folder `root`, in a fixed order. */
export function readSources(root: string): readonly Source[] {
  return [...filesBelow(root, 'data', '.yaml'), ...filesBelow(root, 'locales', '.json')].map((file) => ({
    file,
    text: readFileSync(join(root, file), 'utf8'),
  }))
}

function filesBelow(root: string, folder: string, extension: string): readonly string[] {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(extension))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .sort()
}
