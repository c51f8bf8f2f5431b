const HOUR_MS = 3_600_000

/** Accounts (or, of a status, reblogs and favourites) below which nothing trends. */
export const THRESHOLD = 5
/** For so long the highest score of a tag or link counts. */
export const PEAK_KEPT_MS = 48 * HOUR_MS
/** After so long a score is worth half. */
export const HALF_LIFE_MS = { tags: 4 * HOUR_MS, links: 8 * HOUR_MS, statuses: HOUR_MS } as const
/** Scores below are dropped. */
export const LOWEST_SCORE = { tags: 1, links: 1, statuses: 0.3 } as const
/** Items judged in one go. */
export const BATCH = 500

/** How long the uses of a day are kept, and how long a day's list of what was used. */
export const USES_KEPT_SECONDS = 14 * 24 * 3600
export const USED_KEPT_SECONDS = 2 * 24 * 3600
/** Days of use that are told of a link. */
export const LINK_HISTORY_DAYS = 7
