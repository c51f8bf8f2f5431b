/** Bytes of an activity; larger ones are refused before they are read. */
export const MAX_ACTIVITY_BYTES = 1024 * 1024
/** How long we remember that something was undone which we have not seen yet. */
export const UNDONE_SECONDS = 6 * 60 * 60
/** An edit of a status we do not know makes it known when it is younger than this. */
export const UNKNOWN_EDIT_MS = 24 * 60 * 60 * 1000
/** Objects of one activity, and activities of one collection, that are looked at. */
export const MAX_OBJECTS = 20
/** Accounts and statuses that one report may name; further ones are not looked at. */
export const MAX_FLAGGED = 100
/** Characters of the text of a report that are read. */
export const MAX_FLAG_TEXT = 20_000
/** What is read of a list of followers that another server keeps of ours. */
export const FOLLOWERS_SYNC = { items: 10_000, pages: 10 } as const
/** The profile of somebody who writes is read anew when it is older, within this time. */
export const OLD_PROFILE_MS = 7 * 24 * 60 * 60 * 1000
export const REFRESH_JITTER_MS = 6 * 60 * 60 * 1000
