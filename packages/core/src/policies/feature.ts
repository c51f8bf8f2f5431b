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
  const policy = account.domain === null ? localFeaturePolicy(account) : account.feature_approval_policy
  const audiences = readAudiences(policy)
  return { ...audiences, current_user: answer() }

  function answer(): FeatureApproval['current_user'] {
    if (viewerId === null) return 'denied'
    if (viewerId === account.id) return 'automatic'
    if (account.domain !== null && policy === 0) return 'missing'
    return approvalFor(audiences, relation)
  }
}

/** Whether an account may be put into a collection, at once or by asking it. Never between two who block each other. */
export function canFeature(
  viewerId: string,
  account: FeaturedAccount & Pick<ShownAccount, 'suspended_at'>,
  relation: Relation | undefined,
): boolean {
  if (account.suspended_at !== null || relation?.blocking || relation?.blockedBy) return false
  const answer = featureApproval(viewerId, account, relation).current_user
  return answer === 'automatic' || answer === 'manual'
}

/** Who may feature a local account, in the form that remote ones are stored. */
export function localFeaturePolicy(account: Pick<FeaturedAccount, 'discoverable' | 'locked'>): number {
  if (!account.discoverable) return 0
  return automaticPolicy(account.locked ? 'followers' : 'public')
}
