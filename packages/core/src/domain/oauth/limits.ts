export const MAX_APPLICATION_NAME = 60
export const MAX_REDIRECT_URI = 2000
export const MAX_WEBSITE = 2000
/** How long an authorisation code may wait to be exchanged. */
export const CODE_LIFETIME_SECONDS = 600
/** How often the last use of a token is written down. */
export const TOKEN_USE_INTERVAL_MS = 24 * 3600 * 1000
