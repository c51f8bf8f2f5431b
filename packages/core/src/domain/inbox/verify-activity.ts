import type { AccountRow } from '@anancus/db'
import { accountById } from '@anancus/db/queries/accounts'
import { type ActivityDraft, parseActivity } from '../../activitypub/parse/activity.ts'
import { isSameOrigin } from '../../activitypub/parse/values.ts'
import {
  type SignatureClaim,
  type SignedRequest,
  signatureClaim,
} from '../../activitypub/transport/verify.ts'
import type { Document } from '../../activitypub/vocabulary.ts'
import type { Ctx } from '../../kernel/context.ts'
import { RequestError } from '../../kernel/errors.ts'
import { isLocal } from '../../kernel/uris.ts'
import { type FetchBudget, signerOfClaim } from '../accounts/index.ts'
import { isDomainBlocked, markHostAlive } from '../federation/index.ts'
import { forwardedActivity } from './forwarded-activity.ts'
import type { VerifiedActivity } from './handler.ts'
import { type Outcome, ignored, rejected } from './outcome.ts'

export interface Recorded {
  body: string
  signerId: string | null
  request: string | null
  receivedAt: string
}

/** Types that a suspended actor may still send: they only take back. */
const ALLOWED_OF_SUSPENDED = new Set(['Delete', 'Reject', 'Undo', 'Update'])

/**
 * Finds who signed an incoming request and whether the activity is that one's to send: signer and actor are the same, or
 * the activity proves its actor by itself; the activity's id is of the actor's house, nobody is blocked.
 *
 * @returns the actor and the activity, or why not
 * @throws RemoteServerError the key could not be fetched now
 */
export async function verifyActivity(
  ctx: Ctx,
  recorded: Recorded,
  document: Document,
  budget: FetchBudget,
): Promise<{ activity: VerifiedActivity; actor: AccountRow } | Outcome> {
  const sent = parseActivity(document)
  if (!sent) return ignored('not an activity')
  const sender = await signerOf(ctx, recorded, budget)
  if (!sender) return rejected('the signature does not hold')
  if (isLocal(sender)) return rejected('the signer is one of ours')
  const isForwarded = sent.actor !== null && sent.actor !== sender.uri
  if (isForwarded && (await isDomainBlocked(ctx, sender.domain ?? '')))
    return rejected('the server is blocked')
  const authentic = isForwarded
    ? await forwardedActivity(ctx, sent, budget)
    : { activity: sent, actor: sender }
  if (!authentic) return ignored('forwarded, and without a proof we can check')
  const { actor } = authentic
  if (isLocal(actor)) return rejected('the actor is one of ours')
  const activity = withOwnId(authentic.activity, actor)
  if (!activity) return rejected('the id of the activity is of another house')
  if (await isDomainBlocked(ctx, actor.domain ?? '')) return rejected('the server is blocked')
  // The door notes it of whom it knows: whoever can speak can listen.
  if (recorded.signerId === null) await markHostAlive(ctx, URL.parse(sender.uri)?.host ?? '', true)
  if (actor.suspended_at !== null && !ALLOWED_OF_SUSPENDED.has(activity.type))
    return rejected('the actor is suspended')
  return { activity: { ...activity, verified: true, actor: actor.uri }, actor }
}

/** Answers are known by what they answer: servers that got their own host name wrong may give them any id. */
function withOwnId(activity: ActivityDraft, actor: AccountRow): ActivityDraft | null {
  if (activity.id === null || isSameOrigin(activity.id, actor.uri)) return activity
  return activity.type === 'Accept' || activity.type === 'Reject' ? { ...activity, id: null } : null
}

async function signerOf(ctx: Ctx, recorded: Recorded, budget: FetchBudget): Promise<AccountRow | null> {
  if (recorded.signerId !== null) return accountById(ctx.db, recorded.signerId)
  if (recorded.request === null) return null
  const request: SignedRequest = { ...JSON.parse(recorded.request), body: Buffer.from(recorded.body) }
  const claim = claimOf(ctx, request, new Date(recorded.receivedAt))
  return claim ? signerOfClaim(ctx, claim, { budget }) : null
}

/** The claim as of the moment the request came: it may have waited since. */
function claimOf(ctx: Ctx, request: SignedRequest, now: Date): SignatureClaim | null {
  try {
    const scheme = new URL(ctx.config.baseUrl).protocol.slice(0, -1)
    return signatureClaim(request, { ownHosts: ctx.config.ownHosts, scheme, now })
  } catch (error) {
    if (error instanceof RequestError) return null
    throw error
  }
}
