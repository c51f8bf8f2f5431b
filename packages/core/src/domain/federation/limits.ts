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
/**
 * Deliveries to one host that run at once in one process: never more than this, never more than a third of those to all
 * hosts, and only one while the host does not answer.
 */
export const DELIVERIES_PER_HOST = 8
/** The same for a host of which this process does not know yet whether it answers. */
export const DELIVERIES_TO_UNKNOWN_HOST = 3
/** How long a delivery waits for its turn at most: at a host that answers, and at one that does not. */
export const TURN_WAIT_MS = 1_000
export const FAILING_TURN_WAIT_MS = 15_000
/** Hosts of which a process remembers that they did not answer. */
export const MAX_REMEMBERED_HOSTS = 10_000
/** Those who wait for the end of a pause come back spread over this time. */
export const MAX_PAUSE_SPREAD_MS = 10_000
/** Accounts with as many remote followers or more do not let servers compare. */
export const MAX_SYNCHRONIZED_FOLLOWERS = 25_000
/** How long digests of followers are kept: the deliveries of one status share them. */
export const DIGESTS_KEPT_SECONDS = 60
/** How long we believe that a server runs what it said it runs. */
export const PEER_SOFTWARE_SECONDS = 3 * 24 * 60 * 60
/** How long a server that did not say what it runs is not asked again. */
export const UNKNOWN_SOFTWARE_SECONDS = 60 * 60
export const MAX_NODEINFO_BYTES = 64 * 1024
export const NODEINFO_DEADLINE_MS = 10_000
