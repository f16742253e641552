// An invitation into the team: who may be invited, by how many it may be used, and why it may no longer be used. Pure.
import { createHash } from 'node:crypto'

/** Roles that are given by invitation; everyone can become an owner without one. */
export const TEAM_ROLES = ['coordinator', 'volunteer'] as const
export type TeamRole = (typeof TEAM_ROLES)[number]

/** How many people one link may bring in. */
export const USES = [1, 5, 20] as const
export type Uses = (typeof USES)[number]

/** How many days a link may be valid, beside what the clinic usually takes. */
export const VALID_DAYS = [1, 7, 30] as const

/** The word before the token in a deep link. */
export const LINK_PREFIX = 'inv'

/** What `randomToken` must give: 128 bits, and nothing a deep link can't hold. */
const TOKEN = /^[A-Za-z0-9_-]{22}$/

export interface Invite {
  readonly id: number
  readonly role: TeamRole
  readonly createdBy: number
  /** ms UTC. */
  readonly expiresAt: number
  readonly withdrawn: boolean
  /** How many people may use it, and how many have. */
  readonly uses: number
  readonly used: number
  /** Whoever opens it now has used it before: a role that ended does not come back by an old link. */
  readonly usedBefore: boolean
}

export type InviteVerdict =
  | { readonly type: 'usable'; readonly invite: Invite }
  | { readonly type: 'refused'; readonly reason: 'unknown' | 'withdrawn' | 'expired' | 'used' | 'held' }

/** Whether a link may be used now (ms UTC) by someone with these roles. Whoever has the role already never uses a link up. */
export function judgeInvite(invite: Invite | undefined, roles: readonly string[], now: number): InviteVerdict {
  if (!invite) return { type: 'refused', reason: 'unknown' }
  if (roles.includes(invite.role)) return { type: 'refused', reason: 'held' }
  if (invite.withdrawn) return { type: 'refused', reason: 'withdrawn' }
  if (invite.usedBefore || invite.used >= invite.uses) return { type: 'refused', reason: 'used' }
  if (now >= invite.expiresAt) return { type: 'refused', reason: 'expired' }
  return { type: 'usable', invite }
}

/** The form in which a token is kept: the link can't be made from it. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/**
 * The link to hand on. Source: Telegram, "Deep linking".
 * @throws when the token could be guessed or does not fit into a link.
 */
export function linkOf(botUsername: string, token: string): string {
  if (!TOKEN.test(token)) throw new Error('An invite token needs 22 characters of A-Za-z0-9_-: 16 random bytes as base64url.')
  return `https://t.me/${botUsername}?start=${LINK_PREFIX}_${token}`
}
