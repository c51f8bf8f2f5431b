/** The form of the data of reports made here. */
export const SCHEMA_VERSION = 2
/** Posts, answers and reblogs of an active user in a year: who has fewer rather reads. */
export const AVERAGE_POSTS = 113
export const TOP_HASHTAGS = 1
export const SHARE_KEY_BYTES = 8
export const RETRY_SECONDS = 2
