import { parseSignatureHeader } from '../../activitypub/transport/signature-header.ts'
import { isSameOrigin } from '../../activitypub/parse/values.ts'
import { type SignedRequest, signatureClaim } from '../../activitypub/transport/verify.ts'
import { synchronizeFollowersJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { UnauthenticatedError } from '../../kernel/errors.ts'
import { knownKey } from '../accounts/index.ts'

const DIGEST = /^[0-9a-f]{64}$/

/**
 * Takes note of what another server believes about our people among the followers of one of its accounts, told with a
 * delivery whose signature holds. It counts for the signer's own followers, and by an address of its own house only; a
 * job compares. Anything else is as if it were not there.
 *
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/8fcf/fep-8fcf.md
 */
export async function noteFollowersDigest(ctx: Ctx, request: SignedRequest): Promise<void> {
  const header = request.headers['collection-synchronization']
  if (!header || ctx.config.env.DISABLE_FOLLOWERS_SYNCHRONIZATION) return
  const said = parsed(header)
  if (!said) return
  const claim = signatureClaim(request, {
    ownHosts: ctx.config.ownHosts,
    scheme: new URL(ctx.config.baseUrl).protocol.slice(0, -1),
    now: ctx.clock.now(),
  })
  const account = (await knownKey(ctx, claim.keyId))?.account
  if (!account || account.followers_url !== said.collectionId || !isSameOrigin(said.url, account.uri)) return
  const { url, digest } = said
  await enqueue(
    ctx,
    synchronizeFollowersJob,
    { accountId: account.id, url, digest },
    { jobId: `sync-followers-${account.id}` },
  )
}

function parsed(header: string): { collectionId: string; url: string; digest: string } | null {
  try {
    const said = parseSignatureHeader(header)
    const [collectionId = '', url = '', digest = ''] = ['collectionId', 'url', 'digest'].map((name) =>
      said.get(name),
    )
    return DIGEST.test(digest) ? { collectionId, url, digest } : null
  } catch (error) {
    if (!(error instanceof UnauthenticatedError)) throw error
    return null
  }
}
