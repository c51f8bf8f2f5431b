import type { Document } from '../vocabulary.ts'
import { storedQuotePolicy } from './quote-policy.ts'
import { documentOf, idsOf } from './values.ts'

const MAX_MEMBERS = 100

/** The collections of an actor that a policy may name. */
interface Actor {
  uri: string
  followersUrl: string
  followingUrl: string
}

/**
 * Who may put an actor into a collection, in the stored form. 0 when it says nothing, which lets nobody.
 *
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/7aa9
 */
export function featurePolicyIn(document: Document, actor: Actor): number {
  const canFeature = documentOf(documentOf(document.interactionPolicy)?.canFeature)
  if (!canFeature) return 0
  const draft = {
    automatic: idsOf(canFeature.automaticApproval, MAX_MEMBERS),
    manual: idsOf(canFeature.manualApproval, MAX_MEMBERS),
  }
  const { uri, followersUrl, followingUrl } = actor
  return storedQuotePolicy(draft, { uri, followers_url: followersUrl, following_url: followingUrl })
}
