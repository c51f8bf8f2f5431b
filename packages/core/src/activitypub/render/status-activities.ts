import { stored, VISIBILITIES } from '@anancus/db'
import { accountIn, statusIn } from '../../graph/index.ts'
import { activityUri, actorUri, isLocal, statusUri, type Uris } from '../../kernel/uris.ts'
import type { Document } from '../vocabulary.ts'
import { audienceOf } from './audience.ts'
import { toUnix, toWire } from './dates.ts'
import { noteJson } from './note.ts'
import { approvalJson, type NoteGraph } from './note-graph.ts'

const UNLISTED = stored(VISIBILITIES, 'unlisted')

/** The Create around a local status; its audience is the status' own. */
export function createJson(graph: NoteGraph, uris: Uris, statusId: string): Document {
  const status = statusIn(graph, statusId)
  const account = accountIn(graph, status.account_id)
  return {
    id: activityUri(uris, status, account),
    type: 'Create',
    actor: actorUri(uris, account),
    published: toWire(status.created_at),
    ...audienceOf(graph, uris, status),
    object: noteJson(graph, uris, statusId),
  }
}

/**
 * Tells that a local status was edited. Receivers take an edit only when its `updated` is newer.
 *
 * @param options.isEdit false when nothing but counts, policies or approvals changed: it is then of this moment
 */
export function updateNoteJson(
  graph: NoteGraph,
  uris: Uris,
  statusId: string,
  options: { isEdit?: boolean } = {},
): Document {
  const status = statusIn(graph, statusId)
  const account = accountIn(graph, status.account_id)
  const editedAt = (options.isEdit === false ? null : status.edited_at) ?? graph.now
  return {
    id: `${statusUri(uris, status, account)}#updates/${toUnix(editedAt)}`,
    type: 'Update',
    actor: actorUri(uris, account),
    published: toWire(editedAt),
    ...audienceOf(graph, uris, status),
    object: noteJson(graph, uris, statusId),
  }
}

/** Tells how a poll of ours stands. The status is as old as before: this is no edit, and says so by its `updated`. */
export function updatePollJson(graph: NoteGraph, uris: Uris, statusId: string): Document {
  const status = statusIn(graph, statusId)
  const account = accountIn(graph, status.account_id)
  const changedAt = graph.polls.get(statusId)?.updated_at ?? graph.now
  return {
    id: `${statusUri(uris, status, account)}#updates/${toUnix(changedAt)}`,
    type: 'Update',
    actor: actorUri(uris, account),
    to: audienceOf(graph, uris, status).to,
    object: noteJson(graph, uris, statusId),
  }
}

/**
 * A reblog. The object is an id, which everyone fetches from its own server; only what its author reblogs before a
 * limited audience is embedded, since nobody could fetch it.
 *
 * @param reblogId the wrapper
 */
export function announceJson(graph: NoteGraph, uris: Uris, reblogId: string): Document {
  const wrapper = statusIn(graph, reblogId)
  const account = accountIn(graph, wrapper.account_id)
  const original = statusIn(graph, wrapper.reblog_of_id ?? reblogId)
  const author = accountIn(graph, original.account_id)
  const isEmbedded = author.id === account.id && isLocal(author) && original.visibility > UNLISTED
  const { to, cc } = audienceOf(graph, uris, wrapper)
  return {
    id: activityUri(uris, wrapper, account),
    type: 'Announce',
    actor: actorUri(uris, account),
    published: toWire(wrapper.created_at),
    to,
    cc: [...cc, actorUri(uris, author)],
    object: isEmbedded ? noteJson(graph, uris, original.id) : statusUri(uris, original, author),
    ...approvalJson(graph, reblogId),
  }
}
