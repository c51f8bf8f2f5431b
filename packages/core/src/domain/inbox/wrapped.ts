import type { AccountRow } from '@anancus/db'
import { hasLocalFollower } from '@anancus/db/queries/inbox'
import { statusByUriWithDeleted } from '@anancus/db/queries/remote-statuses'
import { findReblog } from '@anancus/db/queries/status-writes'
import { parseActivity } from '../../activitypub/parse/activity.ts'
import { dateOf, httpUri, idOf, isDocument, isSameOrigin, typesOf } from '../../activitypub/parse/values.ts'
import { fetchObject } from '../../activitypub/transport/fetch.ts'
import type { Document } from '../../activitypub/vocabulary.ts'
import type { Ctx } from '../../kernel/context.ts'
import { isOwnUri, resolveAccountByUri, spend } from '../accounts/index.ts'
import { isDomainBlocked } from '../federation/index.ts'
import { knownStatus, localStatusByUri, removeStatus, resolveStatusByUri } from '../statuses/index.ts'
import { announcedStatus, reblogAnnounced } from './announced.ts'
import type { Arrival, InboxHandler, VerifiedActivity } from './handler.ts'
import { receiveLike } from './like.ts'
import { UNKNOWN_EDIT_MS } from './limits.ts'
import { ignored, type Outcome, processed } from './outcome.ts'
import { receiveUndo } from './undo.ts'

/** An activity that a group passes on, as it came: nobody has vouched for it. */
interface Wrapped {
  ctx: Ctx
  /** The Announce around it. */
  activity: VerifiedActivity
  group: AccountRow
  arrival: Arrival
  inner: Document
  /** What the inner activity is about. */
  objectId: string
}

/**
 * A group (of Lemmy, Mbin, PieFed, NodeBB) passes on what somebody did in it, as an Announce around their activity.
 * That counts as far as the servers of those who did it confirm it: statuses are fetched from where they are at home,
 * votes for ours too. What begins a thread is reblogged by the group, once; answers are kept in their thread. A
 * moderator's removal takes the group's reblog back, and nothing that is somebody else's. Downvotes, bans, locks and
 * the like are none of ours.
 *
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/1b12/fep-1b12.md
 */
export async function receiveWrapped(
  ctx: Ctx,
  activity: VerifiedActivity,
  group: AccountRow,
  arrival: Arrival,
  inner: Document,
): Promise<Outcome> {
  const objectId = idOf(inner.object)
  if (objectId === null) return ignored('nothing that can be reblogged')
  const wrapped: Wrapped = { ctx, activity, group, arrival, inner, objectId }
  switch (typesOf(inner)[0]) {
    case 'Create':
      return passOn(wrapped)
    case 'Update':
      return bringUpToDate(wrapped)
    case 'Delete':
      return takeBack(wrapped)
    case 'Like':
    case 'EmojiReact':
      return confirmed(wrapped, objectId, receiveLike)
    case 'Undo':
      return undoWrapped(wrapped)
    default:
      return ignored('what a group does with others')
  }
}

async function passOn(wrapped: Wrapped): Promise<Outcome> {
  const { ctx, activity, group, arrival, objectId } = wrapped
  const concernsUs = isOwnUri(ctx, objectId) || (await hasLocalFollower(ctx.db, group.id))
  if (!concernsUs) return ignored('concerns nobody here')
  const status = await announcedStatus(ctx, activity, group, arrival, objectId)
  if (!status) return ignored('the status is not there')
  return status.reply ? processed() : reblogAnnounced(ctx, activity, group, status)
}

/** What we know is fetched anew; what we do not know, and is young, is taken as if it were new. */
async function bringUpToDate(wrapped: Wrapped): Promise<Outcome> {
  const { ctx, group, arrival, inner, objectId } = wrapped
  if (isOwnUri(ctx, objectId)) return ignored('only we edit what is ours')
  const known = await statusByUriWithDeleted(ctx.db, objectId)
  if (known?.deleted_at) return ignored('deleted')
  if (!known) return isYoung(ctx, inner.object) ? passOn(wrapped) : ignored('unknown and old')
  if (!(await hasLocalFollower(ctx.db, group.id))) return ignored('concerns nobody here')
  await resolveStatusByUri(ctx, objectId, { fresh: true, budget: arrival.budget })
  return processed()
}

function isYoung(ctx: Ctx, object: unknown): boolean {
  const published = isDocument(object) ? dateOf(object.published) : null
  return published !== null && ctx.clock.now().getTime() - published.getTime() < UNKNOWN_EDIT_MS
}

/** Whether its author deleted it or a moderator removed it, the group shows it no longer; whether it is gone, its own server says. */
async function takeBack({ ctx, group, arrival, objectId }: Wrapped): Promise<Outcome> {
  const status = await knownStatus(ctx, objectId)
  if (!status) return ignored('unknown')
  const reblog = await findReblog(ctx.db, group.id, status.id)
  if (reblog) await removeStatus(ctx, reblog)
  if (!reblog && !(await hasLocalFollower(ctx.db, group.id))) return ignored('concerns nobody here')
  if (!status.local) await resolveStatusByUri(ctx, objectId, { fresh: true, budget: arrival.budget })
  return processed()
}

async function undoWrapped(wrapped: Wrapped): Promise<Outcome> {
  const { inner } = wrapped
  const undone = isDocument(inner.object) ? inner.object : null
  const id = idOf(undone?.object)
  if (undone === null || id === null) return ignored('nothing to undo that we know')
  switch (typesOf(undone)[0]) {
    case 'Delete':
      return passOn({ ...wrapped, objectId: id })
    case 'Like':
    case 'EmojiReact':
      return confirmed(wrapped, id, receiveUndo)
    default:
      return ignored('what a group does with others')
  }
}

/** A vote for a status of ours, as the server of whoever gave it tells it, or its Undo. */
async function confirmed(wrapped: Wrapped, statusUri: string, handle: InboxHandler): Promise<Outcome> {
  const { ctx, arrival, inner, objectId } = wrapped
  if (!(await localStatusByUri(ctx, statusUri))) return ignored('the object is not ours')
  const id = httpUri(inner.id)
  const actorUri = httpUri(inner.actor)
  const isAskable = id !== null && actorUri !== null && isSameOrigin(id, actorUri) && !isOwnUri(ctx, id)
  if (!isAskable || (await isDomainBlocked(ctx, URL.parse(id)?.host ?? '')) || !spend(arrival.budget))
    return ignored('nobody could confirm it')
  const document = await fetchObject(ctx, id)
  const found = document && parseActivity({ '@context': wrapped.activity.document['@context'], ...document })
  const isSame =
    found?.actor === actorUri && idOf(found.object) === objectId && typesOf(inner)[0] === found.type
  const actor = isSame ? await resolveAccountByUri(ctx, actorUri, { budget: arrival.budget }) : null
  if (!found || !actor || actor.domain === null || actor.suspended_at !== null)
    return ignored('its own server does not confirm it')
  return handle(ctx, { ...found, verified: true, actor: actor.uri }, actor, arrival)
}
