/** How long a translation is kept, in seconds: an edited text is another text. */
export const TRANSLATION_CACHE_SECONDS = 24 * 3600
/** How long a service's list of languages is kept, in seconds. */
export const LANGUAGES_CACHE_SECONDS = 7 * 24 * 3600
/** Longest wait for a service, in milliseconds. */
export const TRANSLATION_DEADLINE_MS = 20_000
