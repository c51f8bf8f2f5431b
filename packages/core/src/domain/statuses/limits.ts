/** Graphemes of content warning and text; a link counts 23, a remote mention its local part. */
export const MAX_STATUS_CHARACTERS = 500
/** Bytes no honest text of 500 graphemes has: what is longer is refused before it is taken apart. */
export const MAX_STATUS_BYTES = 100_000
export const MAX_STATUS_MEDIA = 4
export const MAX_PINNED_STATUSES = 5
/** Statuses one request may ask for by id. */
export const MAX_STATUSES_BY_ID = 20

/** How long a repeated Idempotency-Key answers with the first result. */
export const IDEMPOTENCY_SECONDS = 60 * 60
/** Longest time a publication holds its key. */
export const PUBLISHING_LOCK_MS = 60_000
/** How long a repetition waits for the first to end. */
export const PUBLISHING_WAIT_MS = 15_000

/** Longest wait for handles we do not know, all together. */
export const MENTION_LOOKUP_DEADLINE_MS = 3_000
/** Handles of one status that are looked up on other servers. */
export const MAX_MENTION_LOOKUPS = 20

/** @see https://docs.joinmastodon.org/methods/statuses/#context */
export const THREAD_LIMITS = {
  user: { ancestors: 4096, descendants: 4096, depth: 4096 },
  anonymous: { ancestors: 40, descendants: 60, depth: 20 },
} as const

/** @see https://docs.joinmastodon.org/entities/Instance/#polls */
export const POLL_LIMITS = {
  maxOptions: 4,
  maxCharacters: 50,
  minSeconds: 300,
  maxSeconds: 2_629_746,
} as const
/** Votes of so long go to other servers together. */
export const POLL_UPDATE_DELAY_MS = 3 * 60_000
/** How long after its end a remote poll is left to its server to be counted. */
export const REMOTE_POLL_GRACE_MS = 5 * 60_000
export const POLL_SKEW_MS = 60_000
/** A remote poll that was fetched within this time is not asked for again. */
export const POLL_FRESH_MS = 60_000
export const POLL_FETCH_DEADLINE_MS = 5_000

/** @see https://docs.joinmastodon.org/methods/scheduled_statuses/ */
export const SCHEDULE_LIMITS = { total: 300, day: 25, leadMs: 5 * 60_000 } as const

/** Quotes of quotes that are fetched, one job each: a chain has no end of its own. */
export const MAX_QUOTE_DEPTH = 3
/** Requests one quote may cause. */
export const QUOTE_FETCHES = 20
/** How long an authorisation that was seen is believed without asking again. */
export const QUOTE_FRESH_MS = 7 * 24 * 60 * 60 * 1000
/** What is read of the list of statuses on a remote profile, and the requests that may cost. */
export const MAX_FEATURED_ITEMS = 20
export const MAX_FEATURED_FETCHES = 40
/** Statuses whose counters one statement counts again. */
export const RECOUNT_BATCH = 1_000
/** Public posts of that long go to readers by mail together. */
export const MAIL_DELAY_MS = 5 * 60 * 1000
/** Collections of accounts that a status links to. */
export const MAX_LINKED_COLLECTIONS = 10
/** When an account that a status names is asked for again. */
export const ASKED_AGAIN_MS = { from: 30_000, to: 10 * 60 * 1000 } as const
/** Bounds of fetching the answers to a status that just came. */
export const FIRST_REPLIES = {
  most: 5,
  requests: 20,
  /** A younger status has none yet that it does not name. */
  minimumAgeMs: 5 * 60 * 1000,
} as const
/** Bounds of fetching the answers in a thread that somebody looks at. */
export const REPLIES_FETCH = {
  /** Younger statuses are left to what servers send by themselves. */
  minimumAgeMs: 5 * 60 * 1000,
  /** And none is asked for again sooner. */
  pauseMs: 15 * 60 * 1000,
  /** Answers to one status, and new ones in all. */
  each: 500,
  total: 1000,
  /** Pages of one collection. */
  pages: 100,
  /** Requests in all, and how long they may take. */
  requests: 2000,
  deadlineMs: 5 * 60 * 1000,
  /** How soon a client asks again. */
  retrySeconds: 3,
} as const
