import { approvalFor, AUDIENCE_BITS, readAudiences, type Ties } from './audiences.ts'

/**
 * What an author's policy says to something somebody is about to do: it may be done, it may be done before the author's
 * eyes until they approve it, or it may not.
 */
export type Permission = 'allowed' | 'asked' | 'denied'

export interface InteractionFacts {
  isAuthor: boolean
  /** Who is named in a status may always answer it. */
  isNamed?: boolean
  ties: Ties
}

/**
 * What a stored policy says; null is no policy. Who may because of a tie to the author waits for approval all the same:
 * nobody else could check it.
 *
 * @see https://docs.gotosocial.org/en/latest/federation/interaction_policy/
 */
export function permissionBy(policy: number | null, facts: InteractionFacts): Permission {
  if (policy === null || facts.isAuthor || facts.isNamed) return 'allowed'
  if ((policy >> 16) & AUDIENCE_BITS.public) return 'allowed'
  return approvalFor(readAudiences(policy), facts.ties) === 'denied' ? 'denied' : 'asked'
}
