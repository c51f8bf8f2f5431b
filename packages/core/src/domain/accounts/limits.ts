export const MAX_DISPLAY_NAME_CHARACTERS = 40
/** Links count 23, mentions without their domain. */
export const MAX_NOTE_CHARACTERS = 500
export const MAX_FIELDS = 4
/** Longer names and values of fields are cut. */
export const MAX_FIELD_CHARACTERS = 255
export const MAX_IMAGE_DESCRIPTION_CHARACTERS = 150
export const MAX_ATTRIBUTION_DOMAINS = 100
/** Hashtags on a profile. */
export const MAX_FEATURED_TAGS = 10
/** Newest statuses in which hashtags to feature are looked for, and how many are proposed. */
export const SUGGESTED_TAGS_DEPTH = 1000
export const MAX_SUGGESTED_TAGS = 10
/** A personal note about somebody else. */
export const MAX_COMMENT_CHARACTERS = 2000
/** Accounts that may be asked for by id at once. */
export const MAX_IDS = 40
/** An actor's Update waits this long for further changes. */
export const UPDATE_DEBOUNCE_MS = 5000
/** Anonymous visitors search for nothing shorter, unless it is a handle. */
export const MIN_ANONYMOUS_QUERY_CHARACTERS = 3
/** Suggestions that each reason gives, and how long they are kept. */
export const SUGGESTIONS_EACH = 40
export const SUGGESTIONS_KEPT_SECONDS = 15 * 60
/** Accounts whose counters one statement counts again. */
export const RECOUNT_BATCH = 500
/** Fields of a profile whose pages are looked at, and of each page what may hold the link back. */
export const MAX_LINKS_VERIFIED = 10
export const MAX_PROOF_BYTES = 1024 * 1024
export const PROOF_DEADLINE_MS = 15_000
/** Pages that profiles of other servers name are looked at within this time. */
export const REMOTE_PROOF_JITTER_MS = 10 * 60 * 1000
