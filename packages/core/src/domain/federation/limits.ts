/** Failures in a row after which an inbox gets a pause. */
export const FAILURES_BEFORE_PAUSE = 10
export const PAUSE_SECONDS = 60
/** The count of failures of an inbox nobody delivers to any more is forgotten. */
export const FAILURE_COUNT_TTL_SECONDS = 24 * 60 * 60
/** Days with failed deliveries after which a host counts as gone. */
export const FAILING_DAYS_BEFORE_UNAVAILABLE = 7
export const FAILING_DAYS_TTL_SECONDS = 30 * 24 * 60 * 60
/** Whole duration of one delivery. */
export const DELIVERY_DEADLINE_MS = 30_000
/** What an inbox answers is of no use to us. */
export const MAX_ANSWER_BYTES = 64 * 1024
/** A server may ask for a longer pause; this is the longest we grant. */
export const MAX_RETRY_AFTER_SECONDS = 6 * 60 * 60
