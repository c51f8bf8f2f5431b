/** A group of notifications spans no more hours than this. */
export const GROUP_SPAN_HOURS = 12
/** A follower counts as one after this many days. */
export const NEW_FOLLOWER_DAYS = 3
/** An account is new for this many days. */
export const NEW_ACCOUNT_DAYS = 30
/** Accounts shown of a group. */
export const GROUP_SAMPLE = 8

/** How long a mail about a notification waits, so that what is taken back, or seen, goes without. */
export const MAIL_DELAY_MS = 120_000
