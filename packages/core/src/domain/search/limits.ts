/** Longest time a search waits for another server, in milliseconds, all requests together. */
export const RESOLVE_DEADLINE_MS = 10_000
