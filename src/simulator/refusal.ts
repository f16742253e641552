// What Telegram answers when it refuses a request. It knows codes and wording, never why a request was made.

/** A refused request; its description is what the bot reads, word for word. */
export class Refusal extends Error {
  readonly code: number
  readonly parameters: Readonly<Record<string, number>> | undefined

  constructor(code: number, description: string, parameters?: Readonly<Record<string, number>>) {
    super(description)
    this.name = 'Refusal'
    this.code = code
    this.parameters = parameters
  }
}

export function badRequest(reason: string, parameters?: Readonly<Record<string, number>>): Refusal {
  return new Refusal(400, `Bad Request: ${reason}`, parameters)
}

export function forbidden(reason: string): Refusal {
  return new Refusal(403, `Forbidden: ${reason}`)
}

export function conflict(reason: string): Refusal {
  return new Refusal(409, `Conflict: ${reason}`)
}

/** `retryAfter` in whole seconds, at least 1. */
export function tooManyRequests(retryAfter: number): Refusal {
  return new Refusal(429, `Too Many Requests: retry after ${retryAfter}`, { retry_after: retryAfter })
}
