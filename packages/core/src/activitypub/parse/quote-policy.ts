import type { AccountRow } from '@anancus/db'
import { AUDIENCE_BITS } from '../../policies/audiences.ts'
import { type Document, PUBLIC_SPELLINGS } from '../vocabulary.ts'
import { documentOf, idsOf } from './values.ts'

const MAX_MEMBERS = 100
const AUTOMATIC_SHIFT = 16

/** Whom an author lets do something, as ids: at once, and after being asked. */
export interface AudienceDraft {
  automatic: string[]
  manual: string[]
}

export type QuotePolicyDraft = AudienceDraft

/**
 * Reads who may quote an object. Null when it says nothing, which lets nobody.
 *
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/044f
 */
export function quotePolicyIn(document: Document): QuotePolicyDraft | null {
  return audienceIn(documentOf(document.interactionPolicy)?.canQuote)
}

/** Reads one part of an `interactionPolicy`. */
export function audienceIn(part: unknown): AudienceDraft | null {
  const audience = documentOf(part)
  if (!audience) return null
  return {
    // What stands behind ?? is how GoToSocial called it first.
    automatic: idsOf(audience.automaticApproval ?? audience.always, MAX_MEMBERS),
    manual: idsOf(audience.manualApproval ?? audience.approvalRequired, MAX_MEMBERS),
  }
}

type Author = Pick<AccountRow, 'uri' | 'followers_url' | 'following_url'>

/** The stored form of a remote author's policy: what is none of their own collections is kept as not understood. */
export function storedQuotePolicy(draft: QuotePolicyDraft | null, author: Author): number {
  return draft === null ? 0 : storedAudience(draft, author)
}

export function storedAudience(draft: AudienceDraft, author: Author): number {
  return (bitsOf(draft.automatic, author) << AUTOMATIC_SHIFT) | bitsOf(draft.manual, author)
}

function bitsOf(members: readonly string[], author: Author): number {
  let bits = 0
  for (const member of members) {
    if (PUBLIC_SPELLINGS.has(member)) bits |= AUDIENCE_BITS.public
    else if (member === author.followers_url) bits |= AUDIENCE_BITS.followers
    else if (member === author.following_url) bits |= AUDIENCE_BITS.following
    else if (member !== author.uri) bits |= AUDIENCE_BITS.unsupported_policy
  }
  return bits
}
