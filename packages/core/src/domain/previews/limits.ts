/** Bytes of a page that are read: what it says of itself stands at its beginning. */
export const MAX_PAGE_BYTES = 1024 * 1024
/** Bytes of an oEmbed answer. */
export const MAX_OEMBED_BYTES = 256 * 1024
/** Whole duration of each request, in milliseconds. */
export const PAGE_DEADLINE_MS = 15_000
/** Longest time that one link is being read, by whoever reads it, in milliseconds. */
export const LOCK_MS = 90_000
/** A preview is good for two weeks, then its page is read again. */
export const CARD_FRESH_MS = 14 * 24 * 3600 * 1000
/** A page that has none to offer, or does not answer, is left alone for so long. */
export const FAILURE_KEPT_SECONDS = 3600
/** A link of another server's status is read after up to so long, in milliseconds: all servers get it at once. */
export const REMOTE_JITTER_MS = 59_000

export const MAX_CARD_IMAGE_BYTES = 8 * 1024 * 1024

export const MAX_TITLE_CHARACTERS = 1_000
export const MAX_DESCRIPTION_CHARACTERS = 5_000
export const MAX_NAME_CHARACTERS = 500
export const MAX_URL_CHARACTERS = 2_048
export const MAX_HTML_CHARACTERS = 10_000
/** Largest width or height that a player may name. */
export const MAX_SIDE = 10_000
/** JSON-LD of a page: blocks that are looked at, and characters of one. */
export const MAX_DATA_BLOCKS = 20
export const MAX_DATA_CHARACTERS = 300_000
