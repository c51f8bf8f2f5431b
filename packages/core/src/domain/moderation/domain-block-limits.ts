/** Accounts that one transaction of a domain block changes. */
export const ACCOUNTS_PER_STEP = 500
