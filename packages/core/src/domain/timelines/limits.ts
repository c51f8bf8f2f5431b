/** Entries a home or list feed keeps, and a rebuild fills. */
export const FEED_SIZE = 800

/** A reblog is not shown again while the original or an earlier reblog stands within so many entries of the top. */
export const REBLOG_FALLOFF = 40

/** Newest statuses of a newly followed account that go into the feed. */
export const MERGED_STATUSES = 200

/** Followers a job serves. */
export const FAN_OUT_BATCH = 1_000

/** Feeds one script serves, so that Redis is never busy for long. */
export const FEEDS_PER_SCRIPT = 250

/** Reblogs of a deleted status that are looked up to take them out of feeds. */
export const REMOVED_REBLOGS = 500

/** Longest time a build may take; then another one starts over. */
export const BUILD_SECONDS = 600

/** Seconds a client is told to wait while its feed is being built. */
export const REFRESH_RETRY_SECONDS = 5

/** Times the database is asked again when the filter leaves a page short. */
export const MOST_ROUNDS = 5

/** Lists an account may have, and the longest title of one, in characters. */
export const MAX_LISTS = 50
export const MAX_LIST_TITLE_CHARACTERS = 256
