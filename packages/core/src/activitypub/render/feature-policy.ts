import type { ShownAccount } from '../../graph/index.ts'
import { actorPart, actorUri, followersUri, type Uris } from '../../kernel/uris.ts'
import { readAudiences } from '../../policies/audiences.ts'
import { localFeaturePolicy } from '../../policies/feature.ts'
import { type Document, PUBLIC } from '../vocabulary.ts'

/**
 * Who may put a local account into a collection. The account alone means nobody.
 *
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/7aa9
 */
export function featurePolicyJson(uris: Uris, account: ShownAccount): Document {
  const { automatic } = readAudiences(localFeaturePolicy(account))
  const approved: string[] = []
  if (automatic.includes('public')) approved.push(PUBLIC)
  if (automatic.includes('followers')) approved.push(followersUri(uris, account))
  if (automatic.includes('following')) approved.push(actorPart(uris, account, 'following'))
  return { canFeature: { automaticApproval: approved.length > 0 ? approved : [actorUri(uris, account)] } }
}
