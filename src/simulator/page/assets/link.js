// The way to the simulator: the state, what people do, and the stream of changes. It must not touch the document.

/** The newest picture of the world: `state` as the server gives it, `chats` all known chats by id, `at` when it came. */
export const model = { state: undefined, chats: new Map(), at: 0 }

/** Whether the network answered in time; a refusal of the world is a value like any other. */
export async function act(deed) {
  const response = await fetch('/sim/act', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(deed),
  }).catch(() => undefined)
  if (response === undefined) return { type: 'refused', reason: 'offline' }
  return response.json().catch(() => ({ type: 'refused', reason: 'not-now' }))
}

/** The clinic's time at this moment, ms UTC: its clock at the last look and what passed since. */
export function clinicNow() {
  return (model.state?.now ?? 0) + (performance.now() - model.at)
}

/**
 * Keeps the model new and calls `onState` after each change; `onOnline(false)` while the simulator does not answer.
 * Looks again by itself while something on the screen goes away without a message: typing, a spinning button.
 */
export function follow(onState, onOnline) {
  let looking = false
  /** What was asked for during a look: 'changes', 'whole' or nothing. */
  let wanted
  let timer

  async function look(whole) {
    const since = whole ? 0 : model.state?.version ?? 0
    const response = await fetch(`/sim/state?since=${since}`).catch(() => undefined)
    // A new access code since: the page asks for it.
    if (response?.status === 401) location.reload()
    if (!response?.ok) return
    const state = await response.json().catch(() => undefined)
    if (state === undefined) return
    const ids = new Set(state.chatIds)
    for (const id of model.chats.keys()) if (!ids.has(id)) model.chats.delete(id)
    for (const chat of state.chats) model.chats.set(chat.id, chat)
    Object.assign(model, { state, at: performance.now() })
    onState()
    const fades = [...model.chats.values()].some((chat) => chat.typing) || state.taps.some((tap) => tap.state === 'spinning')
    clearTimeout(timer)
    if (fades) timer = setTimeout(() => { void refresh('whole') }, 2000)
  }

  async function refresh(what = 'changes') {
    wanted = wanted === 'whole' ? wanted : what
    if (looking) return
    looking = true
    try {
      while (wanted !== undefined) {
        const whole = wanted === 'whole'
        wanted = undefined
        await look(whole)
      }
    } finally {
      looking = false
    }
  }

  function listen() {
    const events = new EventSource('/sim/events')
    events.addEventListener('open', () => {
      onOnline(true)
      void refresh('whole')
    })
    events.addEventListener('message', () => { void refresh() })
    events.addEventListener('error', () => {
      onOnline(false)
      // The browser tries again by itself unless the server answered with a refusal.
      if (events.readyState === EventSource.CLOSED) {
        setTimeout(() => {
          void refresh()
          listen()
        }, 2000)
      }
    })
  }
  listen()
}
