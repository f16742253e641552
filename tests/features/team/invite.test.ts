// Holds who may use an invitation and what its link looks like.
import { describe, expect, it } from 'vitest'
import { type Invite, judgeInvite, linkOf } from '../../../src/features/team/invite.ts'

const NOW = Date.UTC(2026, 10, 23, 2, 0)
const invite: Invite = { id: 1, role: 'volunteer', createdBy: 7, expiresAt: NOW + 1, withdrawn: false, uses: 5, used: 4, usedBefore: false }

describe('an invitation', () => {
  it('is usable until the moment it ends', () => expect(judgeInvite(invite, ['owner'], NOW)).toEqual({ type: 'usable', invite }))

  it.each([
    ['nobody made it', undefined, [], 'unknown'],
    ['its time is over', { ...invite, expiresAt: NOW }, [], 'expired'],
    ['it was withdrawn', { ...invite, withdrawn: true }, [], 'withdrawn'],
    ['as many as it is for used it', { ...invite, used: 5 }, [], 'used'],
    ['she used it and lost the role since', { ...invite, usedBefore: true }, [], 'used'],
    ['the role is held already', invite, ['owner', 'volunteer'], 'held'],
    ['she herself used it before', { ...invite, usedBefore: true, expiresAt: NOW - 1 }, ['volunteer'], 'held'],
    ['it was used and its time is over', { ...invite, used: 5, expiresAt: NOW - 1 }, [], 'used'],
  ] as const)('is refused when %s', (_, made, roles, reason) => {
    expect(judgeInvite(made, roles, NOW)).toEqual({ type: 'refused', reason })
  })
})

describe('a link', () => {
  it('opens the clinic with the token', () => {
    expect(linkOf('klinik_bot', 'abcdefghijklmnopqrst_-')).toBe('https://t.me/klinik_bot?start=inv_abcdefghijklmnopqrst_-')
  })

  it.each(['', 'short', 'abcdefghijklmnopqrst+/', 'a'.repeat(23)])('is not made of a token like "%s"', (token) => {
    expect(() => linkOf('klinik_bot', token)).toThrow('22 characters')
  })
})
