/** Statuses a purge removes before it looks again what is left. */
export const PURGE_BATCH = 100
