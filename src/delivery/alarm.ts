// Lets one loop sleep until a time has passed or somebody rings. A ring while nobody sleeps is kept for the next sleep.

/** Calls `wake` once after `ms`; what it returns calls that off. */
export type Timer = (ms: number, wake: () => void) => () => void

export const systemTimer: Timer = (ms, wake) => {
  const timeout = setTimeout(wake, ms)
  return () => clearTimeout(timeout)
}

export interface Alarm {
  ring(): void
  /** Ends after `ms`, or at once when it was rung since the last sleep. */
  sleep(ms: number): Promise<void>
}

export function createAlarm(timer: Timer): Alarm {
  let rung = false
  let wake: (() => void) | undefined
  return {
    ring() {
      rung = true
      wake?.()
    },
    async sleep(ms) {
      if (!rung) {
        await new Promise<void>((resolve) => {
          const callOff = timer(ms, resolve)
          wake = () => {
            callOff()
            resolve()
          }
        })
      }
      wake = undefined
      rung = false
    },
  }
}
