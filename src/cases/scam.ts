// What happened in a scam, as far as it decides what to do now. Pure; the words for it are in the locales.

/** Money was sent, an account was taken over or its code given away, an app from an unknown file was opened. */
export const SCAM_BRANCHES = ['transfer', 'account', 'apk'] as const
export type ScamBranch = (typeof SCAM_BRANCHES)[number]

const PREFIX = 'scam:'

/** What a request for help is about when she asks because of a scam. */
export const scamSubject = (branch: ScamBranch): string => `${PREFIX}${branch}`

/** The branch a request is about; undefined when it is about something else. */
export function scamBranchOf(subject: string | null): ScamBranch | undefined {
  return SCAM_BRANCHES.find((branch) => subject === scamSubject(branch))
}
