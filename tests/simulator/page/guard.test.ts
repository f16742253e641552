// Who may use the simulator's page: the rules alone, without a server.

import { describe, expect, it } from 'vitest'
import { createAccessGate, isAllowedHost, isOwnOrigin } from '../../../src/simulator/page/guard.ts'

describe('the Host header', () => {
  it.each([
    { host: 'localhost:8081', listens: '127.0.0.1', passes: true },
    { host: '127.0.0.1:8081', listens: '127.0.0.1', passes: true },
    { host: '127.8.8.8', listens: '127.0.0.1', passes: true },
    { host: '[::1]:8081', listens: '127.0.0.1', passes: true },
    { host: 'jahat.example:8081', listens: '127.0.0.1', passes: false },
    { host: 'localhost.jahat.example', listens: '127.0.0.1', passes: false },
    { host: '127.0.0.1.jahat.example', listens: '127.0.0.1', passes: false },
    { host: '192.168.1.7:8081', listens: '127.0.0.1', passes: false },
    { host: 'a@localhost', listens: '127.0.0.1', passes: false },
    { host: undefined, listens: '127.0.0.1', passes: false },
    { host: '', listens: '127.0.0.1', passes: false },
    { host: 'klinik.lan:8081', listens: 'klinik.lan', passes: true },
    { host: 'KLINIK.lan', listens: 'klinik.lan', passes: true },
    { host: 'lain.lan', listens: 'klinik.lan', passes: false },
    { host: '192.168.1.7:8081', listens: '0.0.0.0', passes: true },
    { host: '[fe80::1]:8081', listens: '::', passes: true },
    { host: 'jahat.example', listens: '0.0.0.0', passes: false },
  ])('$host on $listens: $passes', ({ host, listens, passes }) => {
    expect(isAllowedHost(host, listens)).toBe(passes)
  })
})

describe('the Origin of a POST', () => {
  it.each([
    { origin: 'http://localhost:8081', host: 'localhost:8081', own: true },
    { origin: 'http://LOCALHOST:8081', host: 'localhost:8081', own: true },
    { origin: 'http://localhost:9999', host: 'localhost:8081', own: false },
    { origin: 'http://jahat.example', host: 'localhost:8081', own: false },
    { origin: 'null', host: 'localhost:8081', own: false },
    { origin: undefined, host: 'localhost:8081', own: false },
    { origin: 'http://localhost:8081', host: undefined, own: false },
  ])('$origin to $host: $own', ({ origin, host, own }) => {
    expect(isOwnOrigin(origin, host)).toBe(own)
  })
})

describe('the access code', () => {
  it('opens with the code or its cookie, and with nothing else', async () => {
    const gate = createAccessGate('melati-42', 0)
    expect(await gate.admit(' melati-42 ')).toBe('admitted')
    expect(await gate.admit('melati-43')).toBe('refused')
    expect(await gate.admit('')).toBe('refused')
    const cookie = gate.cookie.slice(0, gate.cookie.indexOf(';'))
    expect(gate.cookie).toMatch(/; HttpOnly; SameSite=Strict$/)
    expect(gate.cookie).not.toContain('melati')
    expect(gate.isOpenFor(`lain=1; ${cookie}`)).toBe(true)
    expect(gate.isOpenFor(createAccessGate('melati-43').cookie)).toBe(false)
    expect(gate.isOpenFor('simulator_code=melati-42')).toBe(false)
    expect(gate.isOpenFor(undefined)).toBe(false)
  })

  it('takes one guess at a time', async () => {
    const gate = createAccessGate('melati-42', 20)
    const wrong = gate.admit('satu')
    expect(await gate.admit('dua')).toBe('busy')
    expect(await gate.admit('melati-42')).toBe('busy')
    expect(await wrong).toBe('refused')
    expect(await gate.admit('melati-42')).toBe('admitted')
  })

  it('asks nothing where no code is set', async () => {
    const gate = createAccessGate(undefined)
    expect(gate.isOpenFor(undefined)).toBe(true)
    expect(await gate.admit('apa saja')).toBe('admitted')
  })
})
