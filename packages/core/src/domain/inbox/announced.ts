import { type AccountRow, type StatusRow, stored, VISIBILITIES } from '@anancus/db'
import { statusByUriWithDeleted } from '@anancus/db/queries/remote-statuses'
import { parseNote } from '../../activitypub/parse/note.ts'
import { dateOf, idsOf, isDocument, isSameOrigin } from '../../activitypub/parse/values.ts'
import { PUBLIC_SPELLINGS } from '../../activitypub/vocabulary.ts'
import type { Ctx } from '../../kernel/context.ts'
import { isOwnUri } from '../accounts/index.ts'
import { reblogStatus } from '../interactions/index.ts'
import { localStatusByUri, resolveStatusByUri, storeRemoteStatus, witnessFor } from '../statuses/index.ts'
import type { Arrival, VerifiedActivity } from './handler.ts'
import { type Outcome, processed, rejected } from './outcome.ts'
import { replaceOlder } from './replaced.ts'

const UNLISTED = stored(VISIBILITIES, 'unlisted')
const MAX_AUDIENCE = 1000

/** The status an Announce is about: ours, known, or as its own server serves it. */
export async function announcedStatus(
  ctx: Ctx,
  activity: VerifiedActivity,
  actor: AccountRow,
  arrival: Arrival,
  id: string,
): Promise<StatusRow | null> {
  if (isOwnUri(ctx, id)) return localStatusByUri(ctx, id)
  const known = await statusByUriWithDeleted(ctx.db, id)
  if (known) return known.deleted_at === null ? known : null
  return (
    (await embeddedOwn(ctx, activity, actor, arrival)) ??
    resolveStatusByUri(ctx, id, { budget: arrival.budget, onBehalfOf: await witnessFor(ctx, actor) })
  )
}

/** Authors embed what they reblog of their own before a limited audience: nobody could fetch it. */
async function embeddedOwn(
  ctx: Ctx,
  activity: VerifiedActivity,
  actor: AccountRow,
  arrival: Arrival,
): Promise<StatusRow | null> {
  const draft = isDocument(activity.object) ? parseNote(activity.object, ctx.clock.now()) : null
  if (!draft || !isSameOrigin(draft.uri, actor.uri) || !draft.authors.includes(actor.uri)) return null
  return storeRemoteStatus(ctx, actor, draft, { budget: arrival.budget, distribute: false })
}

/** Makes an Announce a reblog; one of the same status that is there stays the only one. */
export async function reblogAnnounced(
  ctx: Ctx,
  activity: VerifiedActivity,
  actor: AccountRow,
  status: StatusRow,
): Promise<Outcome> {
  if (status.visibility > UNLISTED && status.account_id !== actor.id)
    return rejected('the status is not for everybody')
  // A group may pass on one status under several ids, and take back any of them.
  if (actor.actor_type !== 'Group') await replaceOlder(ctx, 'reblog', actor, status.id, activity.id)
  await reblogStatus(ctx, actor, status, {
    uri: activity.id,
    visibility: reblogVisibility(activity, actor, status),
    createdAt: pastDate(ctx, activity),
  })
  return processed()
}

/** Never wider than the status itself. */
function reblogVisibility(activity: VerifiedActivity, actor: AccountRow, status: StatusRow): string {
  const to = idsOf(activity.document.to, MAX_AUDIENCE)
  const cc = idsOf(activity.document.cc, MAX_AUDIENCE)
  if (status.visibility > UNLISTED) return 'private'
  if (to.some((uri) => PUBLIC_SPELLINGS.has(uri))) return 'public'
  if (cc.some((uri) => PUBLIC_SPELLINGS.has(uri))) return 'unlisted'
  return to.includes(actor.followers_url) ? 'private' : 'direct'
}

function pastDate(ctx: Ctx, activity: VerifiedActivity): Date | undefined {
  const published = dateOf(activity.document.published)
  return published !== null && published < ctx.clock.now() ? published : undefined
}
