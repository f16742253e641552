// Who may use the page: the Host and Origin rules, and the access code with its cookie.
// It must not know what the page shows.

import { createHash, timingSafeEqual } from 'node:crypto'
import { isIP } from 'node:net'

const COOKIE = 'simulator_code'

const parseUrl = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined)

/** The host name of a Host header, without port and brackets; undefined when it is not one. */
function hostNameOf(header: string | undefined): string | undefined {
  if (header === undefined || !/^[\w.:[\]-]+$/.test(header)) return undefined
  return parseUrl(`http://${header}`)?.hostname.replace(/^\[|\]$/g, '')
}

/** Whether a host name or address stands for this computer alone: localhost, 127.0.0.0/8 or ::1. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}

/**
 * Whether a request addressed to this Host header may pass. A web page elsewhere can point its own name at this
 * computer (DNS rebinding), so a name passes only when it is loopback or the configured host. A server that listens on
 * every address (0.0.0.0 or ::) is reached by any of them, so there plain addresses pass, which rebinding cannot use.
 */
export function isAllowedHost(header: string | undefined, configuredHost: string): boolean {
  const host = hostNameOf(header)
  if (host === undefined) return false
  if (isLoopback(host) || host === configuredHost.toLowerCase()) return true
  return (configuredHost === '0.0.0.0' || configuredHost === '::') && isIP(host) !== 0
}

/** Whether a POST comes from the page itself: its Origin names the very host it is addressed to. */
export function isOwnOrigin(origin: string | undefined, hostHeader: string | undefined): boolean {
  if (origin === undefined || hostHeader === undefined) return false
  return parseUrl(origin)?.host === parseUrl(`http://${hostHeader}`)?.host
}

export type Admission = 'admitted' | 'refused' | 'busy'

export interface AccessGate {
  /** Whether the Cookie header shows that the code was given before. */
  isOpenFor(cookieHeader: string | undefined): boolean
  /** Judges a code. A wrong one is answered after a pause; while one pauses, every other try is 'busy'. */
  admit(code: string): Promise<Admission>
  /** Set-Cookie value that remembers the code (as a digest) until the browser closes. */
  readonly cookie: string
}

/** Keeps the access code. Without a code the gate is open. `pauseMs`: real ms that a wrong code waits for its answer. */
export function createAccessGate(accessCode: string | undefined, pauseMs = 1000): AccessGate {
  const digest = (text: string): Buffer => createHash('sha256').update(`simulator-page:${text}`).digest()
  const expected = digest(accessCode ?? '')
  const same = (candidate: Buffer): boolean => timingSafeEqual(candidate, expected)
  let pausing = false

  return {
    cookie: `${COOKIE}=${expected.toString('hex')}; Path=/; HttpOnly; SameSite=Strict`,
    isOpenFor(cookieHeader) {
      if (accessCode === undefined) return true
      const value = new RegExp(`(?:^|;\\s*)${COOKIE}=([0-9a-f]{64})(?:;|$)`).exec(cookieHeader ?? '')?.[1]
      return value !== undefined && same(Buffer.from(value, 'hex'))
    },
    async admit(code) {
      if (accessCode === undefined) return 'admitted'
      if (pausing) return 'busy'
      if (same(digest(code.trim()))) return 'admitted'
      pausing = true
      await new Promise((resolve) => { setTimeout(resolve, pauseMs) })
      pausing = false
      return 'refused'
    },
  }
}
