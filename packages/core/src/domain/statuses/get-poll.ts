import type { PollRow } from '@anancus/db'
import { accountById } from '@anancus/db/queries/accounts'
import { claimPollRefresh, pollById } from '@anancus/db/queries/polls'
import { parseNote } from '../../activitypub/parse/note.ts'
import { fetchObject } from '../../activitypub/transport/fetch.ts'
import type { Ctx } from '../../kernel/context.ts'
import { NotFoundError, RemoteServerError } from '../../kernel/errors.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { POLL_FETCH_DEADLINE_MS, POLL_FRESH_MS } from './limits.ts'
import { getVisibleStatus, type VisibleStatus } from './reads.ts'
import { updateRemoteStatus } from './update-remote-status.ts'

export interface VisiblePoll {
  poll: PollRow
  status: VisibleStatus['proper']
}

/**
 * A poll, as far as the viewer may see its status.
 *
 * @throws NotFoundError missing or not visible, in the same words
 */
export async function getPoll(ctx: Ctx, viewer: Viewer | null, id: string): Promise<VisiblePoll> {
  const poll = await pollById(ctx.db, id)
  if (!poll) throw new NotFoundError('Not Found')
  const { proper } = await getVisibleStatus(ctx, viewer, poll.status_id)
  if (proper.poll_id !== poll.id) throw new NotFoundError('Not Found')
  return { poll, status: proper }
}

/**
 * Asks the server of a remote poll how it stands, unless that was done within the last minute or after its end. A
 * server that does not answer leaves us with what we know.
 *
 * @see https://docs.joinmastodon.org/methods/polls/#get
 */
export async function refreshPoll(ctx: Ctx, viewer: Viewer, { poll, status }: VisiblePoll): Promise<void> {
  if (status.local || status.uri === null || !isOpen(poll)) return
  const now = ctx.clock.now()
  if (!(await claimPollRefresh(ctx.db, poll.id, now, new Date(now.getTime() - POLL_FRESH_MS)))) return
  try {
    const options = { signAs: viewer.account.id, deadlineMs: POLL_FETCH_DEADLINE_MS }
    const document = await fetchObject(ctx, status.uri, options)
    const draft = document && parseNote(document, now)
    const author = draft?.uri === status.uri ? await accountById(ctx.db, status.account_id) : null
    if (!draft || !author || !draft.authors.includes(author.uri)) return
    await updateRemoteStatus(ctx, author, status, draft)
  } catch (error) {
    if (!(error instanceof RemoteServerError)) throw error
    ctx.log.info({ error, pollId: poll.id }, 'a remote poll could not be refreshed')
  }
}

/** What was fetched after the end is final. */
function isOpen(poll: PollRow): boolean {
  return poll.expires_at === null || poll.last_fetched_at === null || poll.last_fetched_at < poll.expires_at
}
