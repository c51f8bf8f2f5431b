import type { AccountRow, StatusRow } from '@anancus/db'
import { addSilentMention } from '@anancus/db/queries/inbox'
import { pollById } from '@anancus/db/queries/polls'
import { statusByUriWithDeleted } from '@anancus/db/queries/remote-statuses'
import { type NoteDraft, parseNote } from '../../activitypub/parse/note.ts'
import { idOf, idsOf, isDocument, isSameOrigin, listOf } from '../../activitypub/parse/values.ts'
import { fetchObject } from '../../activitypub/transport/fetch.ts'
import type { Document } from '../../activitypub/vocabulary.ts'
import { refreshAccountJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { isOwnUri, spend } from '../accounts/index.ts'
import { receiveVote } from '../interactions/index.ts'
import { findVisibleStatus, localStatusByUri, storeRemoteStatus, witnessFor } from '../statuses/index.ts'
import type { Arrival, InboxHandler, VerifiedActivity } from './handler.ts'
import { MAX_OBJECTS, OLD_PROFILE_MS, REFRESH_JITTER_MS } from './limits.ts'
import { combined, ignored, type Outcome, processed, rejected } from './outcome.ts'
import { isRelevant } from './relevance.ts'

const MAX_AUDIENCE = 1000

/**
 * Somebody wrote a status. Several in one activity are taken one by one.
 *
 * @see https://www.w3.org/TR/activitypub/#create-activity-inbox
 */
export const receiveCreate: InboxHandler = async (ctx, activity, actor, arrival) => {
  await refreshIfOld(ctx, actor)
  const outcomes: Outcome[] = []
  for (const object of listOf(activity.object, MAX_OBJECTS))
    outcomes.push(await receiveObject(ctx, activity, actor, arrival, object))
  return combined(outcomes)
}

/** The profile of who writes is read anew now and then, at a time that chance decides. */
async function refreshIfOld(ctx: Ctx, actor: AccountRow): Promise<void> {
  const age = ctx.clock.now().getTime() - (actor.last_webfingered_at?.getTime() ?? 0)
  if (age < OLD_PROFILE_MS) return
  const delayMs = Math.floor(Math.random() * REFRESH_JITTER_MS)
  await enqueue(ctx, refreshAccountJob, { accountId: actor.id }, { jobId: `refresh-${actor.id}`, delayMs })
}

async function receiveObject(
  ctx: Ctx,
  activity: VerifiedActivity,
  actor: AccountRow,
  arrival: Arrival,
  object: unknown,
): Promise<Outcome> {
  const id = idOf(object)
  if (id === null || !isSameOrigin(id, actor.uri)) return rejected('the object is of another house')
  const document = isDocument(object) ? object : await fetchOwn(ctx, id, actor, arrival)
  const draft = document && draftOf(ctx, activity, actor, document)
  return draft ? receiveStatus(ctx, actor, draft, arrival) : ignored('not a status, or not by the actor')
}

/** What the actor sent as an id is asked for at its own server, as somebody who may see it. */
export async function fetchOwn(
  ctx: Ctx,
  id: string,
  actor: AccountRow,
  arrival: Arrival,
): Promise<Document | null> {
  if (!spend(arrival.budget)) return null
  const signAs = arrival.inboxOwner?.id ?? (await witnessFor(ctx, actor))
  return fetchObject(ctx, id, { signAs })
}

/** The status in an activity, if it is by its actor. Who is addressed may be said by the activity alone. */
export function draftOf(
  ctx: Ctx,
  activity: VerifiedActivity,
  actor: AccountRow,
  document: Document,
): NoteDraft | null {
  const draft = parseNote(document, ctx.clock.now())
  if (!draft || !isSameOrigin(draft.uri, actor.uri)) return null
  if (draft.authors.length > 0 && !draft.authors.includes(actor.uri)) return null
  if (document.to !== undefined || document.cc !== undefined) return draft
  return {
    ...draft,
    to: idsOf(activity.document.to, MAX_AUDIENCE),
    cc: idsOf(activity.document.cc, MAX_AUDIENCE),
  }
}

/** Stores a status that its author sent, if it concerns us. */
export async function receiveStatus(
  ctx: Ctx,
  actor: AccountRow,
  draft: NoteDraft,
  arrival: Arrival,
): Promise<Outcome> {
  const vote = await voteOf(ctx, draft)
  if (vote) return receiveVoteIn(ctx, actor, vote)
  const known = await statusByUriWithDeleted(ctx.db, draft.uri)
  if (known) {
    if (known.account_id !== actor.id) return rejected('the status is by somebody else')
    if (known.deleted_at !== null) return ignored('deleted')
    if (arrival.inboxOwner) await addSilentMention(ctx.db, known.id, arrival.inboxOwner.id)
    return ignored('known')
  }
  if (!(await isRelevant(ctx, actor, draft, arrival))) return ignored('concerns nobody here')
  const status = await storeRemoteStatus(ctx, actor, draft, {
    inboxOwner: arrival.inboxOwner,
    budget: arrival.budget,
    distribute: true,
  })
  return status ? processed() : ignored('deleted')
}

interface IncomingVote {
  status: StatusRow
  pollId: string
  name: string
  uri: string
}

/**
 * The vote that a note is: it answers a poll of ours and is named as one of its options, or named and without content.
 * It is never shown as a status, counted or not.
 */
async function voteOf(ctx: Ctx, draft: NoteDraft): Promise<IncomingVote | null> {
  const { name, inReplyTo, uri } = draft
  if (name === null || inReplyTo === null || !isOwnUri(ctx, inReplyTo)) return null
  const status = await localStatusByUri(ctx, inReplyTo)
  const poll = status?.poll_id ? await pollById(ctx.db, status.poll_id) : null
  if (!status || !poll || (draft.hasContent && !poll.options.includes(name))) return null
  return { status, pollId: poll.id, name, uri }
}

async function receiveVoteIn(ctx: Ctx, actor: AccountRow, vote: IncomingVote): Promise<Outcome> {
  const visible = await findVisibleStatus(ctx, actor.id, vote.status.id)
  if (!visible || visible.proper.blocked_by_author)
    return ignored('a vote in a poll that the voter does not see')
  const isCounted = await receiveVote(ctx, actor, { id: vote.pollId }, vote)
  return isCounted ? processed() : ignored('a vote that does not count')
}
