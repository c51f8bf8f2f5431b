/** Most posts in one mail. */
export const DIGEST_POSTS = 20
/** How long a wish waits for its confirmation. */
export const CONFIRMATION_DAYS = 7
/** Mails enqueued at once. */
export const READER_BATCH = 500
/** Links that end a subscription are good as long as the mails they stand in may be kept. */
export const UNSUBSCRIBE_DAYS = 3650
/** How long it is remembered up to which post readers were written to. */
export const MAILED_MARK_SECONDS = 30 * 86_400
