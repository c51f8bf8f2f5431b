/** Statuses a purge removes before it looks again what is left. */
export const PURGE_BATCH = 100
/** Followers whose feeds are changed by one round after a suspension. */
export const FOLLOWER_BATCH = 1_000
/** Characters of a comment in a report of ours. */
export const MAX_REPORT_COMMENT = 1_000
/** Characters of one from elsewhere; what is beyond is cut. */
export const MAX_REMOTE_COMMENT = 5_000
/** Statuses, rules or collections that one report may name. */
export const MAX_CITED = 1_000
/** Characters of a moderator's text to somebody, and of a note. */
export const MAX_WARNING_TEXT = 20_000
export const MAX_NOTE = 2_000
/** Characters of an appeal, and days in which one may be made. */
export const MAX_APPEAL = 2_000
export const APPEAL_WINDOW_DAYS = 20
/** Accounts a round of the clean-up deletes. */
export const DELETIONS_A_ROUND = 10
/** Jobs that may wait before the clean-up leaves the queue alone. */
export const MAX_WAITING_PULLS = 50
