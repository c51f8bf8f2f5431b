/** How many accounts everybody may follow; who has many followers may follow more. */
export const MAX_FOLLOWS = 7500
/** Above `MAX_FOLLOWS` an account may follow this many times as many accounts as follow it. */
export const FOLLOWS_PER_FOLLOWER = 1.1
/** Follows that one transaction of a domain block cuts. */
export const SEVERED_PER_TRANSACTION = 200
/** Requests that one run of accepting all of them works through. */
export const REQUESTS_PER_RUN = 100
