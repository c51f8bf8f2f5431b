/** Longest time a search waits for another server, in milliseconds, all requests together. */
export const RESOLVE_DEADLINE_MS = 10_000
/** How long Elasticsearch is not asked after it did not answer, in milliseconds. */
export const ENGINE_REST_MS = 10_000
/** How long it is remembered whether Elasticsearch was filled, in milliseconds. */
export const DEPLOYED_KNOWN_MS = 30_000
/** Longest wait for the answer to a search, in milliseconds. */
export const SEARCH_TIMEOUT_MS = 3000
/** Elasticsearch gives no hits behind this one. */
export const MAX_RESULT_WINDOW = 10_000
/** Hits asked for at least, so that those the viewer may not see leave enough. */
export const MIN_HITS = 40
/** Requests of one search, should most hits be invisible to the viewer. */
export const MAX_ROUNDS = 10
/** Accounts somebody follows that weigh in a search of accounts. */
export const MAX_CLOSE_ACCOUNTS = 10_000
/** Changes that are taken out of the log and told to Elasticsearch together. */
export const CHANGES_BATCH = 1000
/** Held by who writes changes, and by who exchanges one version of an index for another. */
export const INDEXING_LOCK = 'search:index'
/** How long one run tells changes, in milliseconds, and how long it may hold the lock. */
export const INDEXING_MS = 20_000
export const INDEXING_LOCK_MS = 120_000
/** Waits after failures, in seconds: doubled each time, up to the second. */
export const FIRST_PAUSE_SECONDS = 5
export const LONGEST_PAUSE_SECONDS = 300
/** How often an import notes how far it is, in milliseconds. */
export const CHECKPOINT_EVERY_MS = 5000
/** How often a busy table is asked before a deployment gives up, and the pause between, in milliseconds. */
export const GATHER_ATTEMPTS = 10
export const GATHER_PAUSE_MS = 1000
