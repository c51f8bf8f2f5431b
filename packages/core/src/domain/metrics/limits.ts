/** How long numbers of a dashboard are kept. */
export const METRICS_CACHE_SECONDS = 300
/** Longest time that may be asked for, in months. */
export const MAX_MONTHS = 24
/** What is shown when nobody says from when. */
export const DEFAULT_DAYS = 7
/** Longest time of a retention table. */
export const MAX_RETENTION_DAYS = 31
export const MAX_RETENTION_MONTHS = 12
/** Longest ranking. */
export const MAX_RANKED = 500
