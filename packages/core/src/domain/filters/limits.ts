/** Longest title of a filter and longest keyword, in characters. */
export const MAX_FILTER_TITLE_CHARACTERS = 256
export const MAX_KEYWORD_CHARACTERS = 512

export const FILTER_CONTEXTS = ['home', 'notifications', 'public', 'thread', 'account'] as const

/** The end of what an expiry can name: clients and databases count no further. */
export const LAST_EXPIRY = new Date('9999-12-31T23:59:59Z')
