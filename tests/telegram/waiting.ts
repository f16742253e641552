// How a test waits for what happens by itself: it looks until it is so, or holds something up until it says go.
import { expect } from 'vitest'

/** As `expect`, but looked at again and again; patient, because other tests may keep the machine busy. */
export const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 10_000, interval: 5 })

/** Holds up whoever passes until it is opened. */
export function createGate(): { pass(): Promise<void>; open(): void } {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { pass: () => opened, open: () => open() }
}
