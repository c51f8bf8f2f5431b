export const CODE_LENGTH = 8
/** Letters and digits, without those that look alike: 0 1 I l O. */
export const CODE_ALPHABET = 'abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'
export const MAX_INVITE_COMMENT = 420
/** What the form offers; any number above zero is good. */
export const INVITE_USES = [1, 5, 10, 25, 50, 100] as const
/** In seconds: half an hour to a week. */
export const INVITE_LIFETIMES = [1800, 3600, 21_600, 43_200, 86_400, 604_800] as const
/** Invitations shown on the page of whoever made them. */
export const SHOWN_INVITES = 200
export const HIGHEST_USES = 2_147_483_647
