/** What the name and the description of a collection of ours may be long, in characters. */
export const MAX_NAME_CHARACTERS = 40
export const MAX_DESCRIPTION_CHARACTERS = 100
/** Accounts in a collection of ours: those who agreed, and those who were asked. */
export const MAX_ITEMS = 25
/** Places of a remote collection that are kept. */
export const MAX_REMOTE_ITEMS = 150
/** Collections of a remote account that are kept, and pages of their list that are read. */
export const MAX_REMOTE_COLLECTIONS = 50
export const MAX_REMOTE_PAGES = 10
/** A place that was refused or taken back is kept this long. */
export const ENDED_ITEMS_HOURS = 24
/** Places deleted at a time. */
export const ENDED_ITEMS_BATCH = 1000
