// Loaded before the clinic's own program: ends the process, as kill -9 does, when it comes to the point that the file DEATH_NOTE names.
// A list there is a list of deaths, each taken off the list before it is died.
import { subscribe } from 'node:diagnostics_channel'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

const path = process.env['DEATH_NOTE']
/** How often this process got past the point it is to die at. */
let passed = 0

subscribe('klinik:point', ({ point, updateId }) => {
  if (path === undefined || !existsSync(path)) return
  const { points, always } = JSON.parse(readFileSync(path, 'utf8'))
  const [next, ...rest] = points
  if (next?.point !== point || (next.updateId !== undefined && next.updateId !== updateId)) return
  if (next.passes > passed) {
    passed += 1
    return
  }
  if (!always) writeFileSync(path, JSON.stringify({ points: rest }))
  process.kill(process.pid, 'SIGKILL')
})
