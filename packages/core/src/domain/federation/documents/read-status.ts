import { type AccountRow, isId, type StatusRow, stored, VISIBILITIES } from '@anancus/db'
import { ownStatusWithDeleted } from '@anancus/db/queries/documents'
import { statusFactsByIds } from '@anancus/db/queries/status-facts'
import {
  announceJson,
  collectionJson,
  createJson,
  noteJson,
  withContext,
} from '../../../activitypub/render/index.ts'
import type { Document } from '../../../activitypub/vocabulary.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { GoneError, NotFoundError } from '../../../kernel/errors.ts'
import { statusUri } from '../../../kernel/uris.ts'
import { canShow } from '../../../policies/status.ts'
import { loadNotes } from '../load-notes.ts'
import { type ActorAddress, findShownActor } from './local-actor.ts'
import { type Served, served } from './served.ts'

const UNLISTED = stored(VISIBILITIES, 'unlisted')

/** A deleted status: told as gone, with a Tombstone in its place. */
export class StatusGoneError extends GoneError {
  readonly tombstone: Document

  constructor(id: string) {
    super()
    this.tombstone = withContext({ id, type: 'Tombstone' })
  }
}

export interface FoundStatus {
  account: AccountRow
  status: StatusRow
}

/**
 * Finds a status of ours that `asker` (null: anybody) may see.
 *
 * @throws NotFoundError missing, another's, or not for the asker
 * @throws StatusGoneError a public one that was deleted
 */
export async function findShownStatus(
  ctx: Ctx,
  address: ActorAddress,
  statusId: string,
  asker: AccountRow | null,
): Promise<FoundStatus> {
  const account = await findShownActor(ctx, address)
  const status = isId(statusId) ? await ownStatusWithDeleted(ctx.db, statusId, account.id) : null
  if (!status) throw new NotFoundError()
  if (status.deleted_at !== null) {
    if (status.visibility > UNLISTED) throw new NotFoundError()
    throw new StatusGoneError(statusUri(ctx.config, status, account))
  }
  const facts = (await statusFactsByIds(ctx.db, [status.id], asker?.id ?? null)).get(status.id)
  if (!facts) throw new NotFoundError()
  const isShown = canShow(asker?.id ?? null, {
    status,
    authorSuspended: facts.author_suspended,
    isFollower: facts.is_follower,
    isMentioned: facts.is_mentioned,
    blockedByAuthor: facts.blocked_by_author,
    serverBlockedByAuthor: facts.server_blocked_by_author,
  })
  if (!isShown) throw new NotFoundError()
  return { account, status }
}

/** A status as a Note. A reblog is not one: its activity is what there is. */
export async function readNote(ctx: Ctx, found: FoundStatus): Promise<Served> {
  const graph = await loadNotes(ctx, [found.status.id])
  return about(found, noteJson(graph, ctx.config, found.status.id))
}

/** The Create of a status, or the Announce that a reblog is. */
export async function readStatusActivity(ctx: Ctx, found: FoundStatus): Promise<Served> {
  const graph = await loadNotes(ctx, [found.status.id])
  const render = found.status.reblog_of_id === null ? createJson : announceJson
  return about(found, render(graph, ctx.config, found.status.id))
}

/** How many like or share a status; who, is never told. */
export async function readStatusCount(
  ctx: Ctx,
  found: FoundStatus,
  kind: 'likes' | 'shares',
): Promise<Served> {
  const graph = await loadNotes(ctx, [found.status.id])
  const counts = graph.statusCounts.get(found.status.id)
  const total = kind === 'likes' ? counts?.favourites_count : counts?.reblogs_count
  const id = `${statusUri(ctx.config, found.status, found.account)}/${kind}`
  return about(found, collectionJson({ id, totalItems: Number(total ?? 0) }), 0)
}

export function about(found: FoundStatus, document: Document, maxAgeSeconds?: number): Served {
  return served(withContext(document), maxAgeSeconds, found.status.visibility <= UNLISTED)
}
