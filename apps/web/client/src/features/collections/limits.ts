/** What a collection on this server may hold. */
export const MAX_ACCOUNTS = 25
export const MAX_NAME = 40
export const MAX_DESCRIPTION = 100
