/** What a push service may keep a message while the receiver is away; older notifications are not pushed at all. */
export const PUSH_TTL_SECONDS = 48 * 3600
export const PUSH_URGENCY = 'normal'
/** Longest wait for a push service, in milliseconds. */
export const PUSH_DEADLINE_MS = 10_000
export const MAX_PUSH_ANSWER_BYTES = 64 * 1024
export const MAX_RETRY_AFTER_SECONDS = 3600

export const MAX_ENDPOINT_CHARACTERS = 2048
export const MAX_KEY_CHARACTERS = 255
/** Of title and body each: a push service takes 4,096 bytes in all. */
export const MAX_PUSH_CHARACTERS = 140

/** A subscription whose push service has failed for so long is given up. */
export const DEAD_AFTER_DAYS = 7
