// Where the package lies on disk, whether it runs from src/ or from dist/. It must not read anything else.

import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Absolute path of the folder that holds package.json; throws when no folder above this file has one. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder)
    if (parent === folder) throw new Error('No package.json above this file: run from a complete copy of the project')
    folder = parent
  }
  return folder
}
