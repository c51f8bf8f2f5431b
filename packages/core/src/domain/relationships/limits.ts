/** How many accounts everybody may follow; who has many followers may follow more. */
export const MAX_FOLLOWS = 7500
/** Above `MAX_FOLLOWS` an account may follow this many times as many accounts as follow it. */
export const FOLLOWS_PER_FOLLOWER = 1.1
/** Follows that one transaction of a domain block cuts. */
export const SEVERED_PER_TRANSACTION = 200
/** Requests that one run of accepting all of them works through. */
export const REQUESTS_PER_RUN = 100
/** Follows that one run of a move carries over, and blocks or mutes read at once. */
export const MOVED_PER_RUN = 100
/** The same account may not move again for so long; and how long a Move of another server holds others off. */
export const MOVE_COOLDOWN_DAYS = 30
export const MOVE_LOCK_SECONDS = 7 * 24 * 60 * 60
export const MAX_ALIASES = 50
/** A note may grow so long when an account moves. */
export const MAX_CARRIED_NOTE_CHARACTERS = 2000
/** Follows that one job tells again. */
export const REFOLLOWED_PER_RUN = 500
