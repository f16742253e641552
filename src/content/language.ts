// The languages content is written in. It must not know how texts are loaded or shown.

/** Bahasa Indonesia comes first: it is the language a clinic starts in, and the one other languages are compared with. */
export const LANGUAGES = ['id', 'en'] as const

export type Language = (typeof LANGUAGES)[number]
