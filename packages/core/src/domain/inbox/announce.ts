import { type AccountRow, type StatusRow, stored, VISIBILITIES } from '@anancus/db'
import { hasLocalFollower } from '@anancus/db/queries/inbox'
import { statusByUriWithDeleted } from '@anancus/db/queries/remote-statuses'
import { isStatus, parseNote } from '../../activitypub/parse/note.ts'
import { dateOf, idOf, idsOf, isDocument, isSameOrigin, typeAmong } from '../../activitypub/parse/values.ts'
import { PUBLIC_SPELLINGS } from '../../activitypub/vocabulary.ts'
import type { Ctx } from '../../kernel/context.ts'
import { isOwnUri } from '../accounts/index.ts'
import { reblogStatus } from '../interactions/index.ts'
import { localStatusByUri, resolveStatusByUri, storeRemoteStatus, witnessFor } from '../statuses/index.ts'
import type { Arrival, InboxHandler, VerifiedActivity } from './handler.ts'
import { ignored, processed, rejected } from './outcome.ts'
import { isRelay } from './relevance.ts'
import { wasUndone } from './undone.ts'

const UNLISTED = stored(VISIBILITIES, 'unlisted')
const MAX_AUDIENCE = 1000
/** What a group tells its members by an Announce around it; the status is inside. */
const WRAPPED = ['Create', 'Update'] as const

/**
 * Somebody reblogged a status. What is embedded is a hint: the status is the one that its own server serves.
 *
 * @see https://www.w3.org/TR/activitypub/#announce-activity-inbox
 */
export const receiveAnnounce: InboxHandler = async (ctx, activity, actor, arrival) => {
  if (await wasUndone(ctx, actor.id, activity.id)) return ignored('undone before it came')
  const objectId = statusIdIn(activity)
  if (objectId === null) return ignored('nothing that can be reblogged')
  const fromRelay = await isRelay(ctx, actor)
  const isOurs = isOwnUri(ctx, objectId)
  if (!isOurs && !fromRelay && !(await hasLocalFollower(ctx.db, actor.id)))
    return ignored('concerns nobody here')
  const status = await announcedStatus(ctx, activity, actor, arrival, objectId)
  if (!status) return ignored('the status is not there')
  if (fromRelay) return processed() // a relay passes on, it does not reblog
  if (status.visibility > UNLISTED && status.account_id !== actor.id)
    return rejected('the status is not for everybody')
  await reblogStatus(ctx, actor, status, {
    uri: activity.id,
    visibility: reblogVisibility(activity, actor, status),
    createdAt: pastDate(ctx, activity),
  })
  return processed()
}

/** The id of the status in question: the object, or what the activity inside the object is about. */
function statusIdIn(activity: VerifiedActivity): string | null {
  const { object } = activity
  if (isDocument(object) && typeAmong(object, WRAPPED) !== null) return idOf(object.object)
  if (isDocument(object) && !isStatus(object) && object.type !== undefined) return null
  return idOf(object)
}

async function announcedStatus(
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
