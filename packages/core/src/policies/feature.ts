import type { FeatureApproval } from '../entities/types/index.ts'
import type { Relation, ShownAccount } from '../graph/index.ts'
import { approvalFor, automaticPolicy, readAudiences } from './audiences.ts'

type FeaturedAccount = Pick<
  ShownAccount,
  'id' | 'domain' | 'discoverable' | 'locked' | 'feature_approval_policy'
>

/**
 * Who may put an account into a collection. Ours follow from their profile: whoever is discoverable may be featured,
 * by followers only while the profile is locked.
 *
 * @see https://docs.joinmastodon.org/entities/Account/
 */
export function featureApproval(
  viewerId: string | null,
  account: FeaturedAccount,
  relation: Relation | undefined,
): FeatureApproval {
  const policy = account.domain === null ? localPolicy(account) : account.feature_approval_policy
  const audiences = readAudiences(policy)
  return { ...audiences, current_user: answer() }

  function answer(): FeatureApproval['current_user'] {
    if (viewerId === null) return 'denied'
    if (viewerId === account.id) return 'automatic'
    if (account.domain !== null && policy === 0) return 'missing'
    return approvalFor(audiences, relation)
  }
}

function localPolicy(account: FeaturedAccount): number {
  if (!account.discoverable) return 0
  return automaticPolicy(account.locked ? 'followers' : 'public')
}
