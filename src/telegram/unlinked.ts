// Makes a person's words plain where Telegram would turn them into a link to a person or chat. It must not change how they read.

/**
 * U+2060, word joiner: nobody sees it and no line breaks at it. Of the invisible characters it is the one that ends both a mention and
 * an address: a zero-width joiner may stand in an address, U+2028 to U+202E are taken out of a text, and a plain word in the place of
 * "@" would change what she wrote. Source: tdlib, MessageEntity.cpp (match_mentions, is_url_unicode_symbol) and misc.cpp (clean_input_string).
 */
const WORD_JOINER = '\u2060'

/** An "@" before a name. One inside a word is a mail address, which leads to no account of Telegram. */
const MENTION = /(?<![\p{L}\p{N}_])@(?=[A-Za-z0-9_])/gu
/** t.me/sari, sari.t.me, telegram.me/sari, https://telegram.dog/sari. */
const ADDRESS = /(?<![A-Za-z0-9-])(t|telegram)\.(?=(?:me|dog)(?![A-Za-z0-9-]))/gi
/** tg://user?id=1. */
const SCHEME = /(?<![A-Za-z0-9])tg:(?=\/\/)/gi

/** The same words; names and addresses of Telegram accounts in them are no links any more. */
export function unlinked(text: string): string {
  return text.replace(MENTION, `@${WORD_JOINER}`).replace(ADDRESS, `$1.${WORD_JOINER}`).replace(SCHEME, (scheme) => scheme + WORD_JOINER)
}
