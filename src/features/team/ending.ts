// Whether someone's role may be ended. Pure.
import type { TeamRole } from './invite.ts'

/** `set-by-configuration`: the clinic's configuration gave the role and would give it again. */
export type EndVerdict = 'allowed' | 'not-held' | 'last-coordinator' | 'set-by-configuration'

/** @param holders everyone who holds the role now. */
export function judgeEnd(
  end: { readonly person: number; readonly role: TeamRole },
  holders: readonly { readonly id: number; readonly byConfiguration: boolean }[],
): EndVerdict {
  const holder = holders.find(({ id }) => id === end.person)
  if (!holder) return 'not-held'
  if (holder.byConfiguration) return 'set-by-configuration'
  return end.role === 'coordinator' && holders.length === 1 ? 'last-coordinator' : 'allowed'
}
