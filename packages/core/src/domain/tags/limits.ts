/** Longest name of a hashtag, in characters; longer ones are no tags. */
export const MAX_TAG_CHARACTERS = 500
/** Days of use that are told. */
export const TAG_HISTORY_DAYS = 7
