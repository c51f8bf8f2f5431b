export const MAX_USERNAME = 30
export const MAX_EMAIL = 320
export const MIN_PASSWORD = 8
/** bcrypt reads no further. */
export const MAX_PASSWORD_BYTES = 72
export const MAX_REASON = 420
export const BCRYPT_COST = 10
export const CONFIRMATION_LIFETIME_SECONDS = 2 * 24 * 3600
export const RESET_LIFETIME_SECONDS = 6 * 3600
export const WELCOME_DELAY_MS = 3600 * 1000
/** How often a visit is written down. */
export const VISIT_INTERVAL_MS = 24 * 3600 * 1000
export const SIGN_UP_NEEDS_APPROVAL = 5000
export const SIGN_UP_BLOCKED = 5500

/** After so many days without a moderator newcomers have to be approved: a week, and a day as visits are noted daily. */
export const MODERATOR_ABSENCE_DAYS = 8
