import type { AccountRow, StatusRow } from '@anancus/db'
import { actorUri, statusUri, type Uris } from '../../kernel/uris.ts'
import { type Document, PUBLIC } from '../vocabulary.ts'

/**
 * The small activities: who does what to whom. Objects are ids, as Mastodon sends them; the context is added by
 * `withContext` (`sendActivity` does it).
 *
 * @see https://www.w3.org/TR/activitypub/#server-to-server-interactions
 */

type Status = Pick<StatusRow, 'id' | 'local' | 'uri' | 'url' | 'reblog_of_id'>

/** `id` is the address stored with the follow or request; Accept, Reject and Undo repeat it. */
export function followJson(uris: Uris, follower: AccountRow, target: AccountRow, id: string): Document {
  return { id, type: 'Follow', actor: actorUri(uris, follower), object: actorUri(uris, target) }
}

/** `answered` is the row of the follow or of its request; a follow without an address gets one that only names it. */
export interface AnsweredFollow {
  id: string
  uri: string | null
}

export function acceptFollowJson(
  uris: Uris,
  target: AccountRow,
  follower: AccountRow,
  answered: AnsweredFollow,
): Document {
  return answerFollow('Accept', 'accepts', uris, target, follower, answered)
}

/** Also takes back an earlier Accept: that is how a follower is removed. */
export function rejectFollowJson(
  uris: Uris,
  target: AccountRow,
  follower: AccountRow,
  answered: AnsweredFollow,
): Document {
  return answerFollow('Reject', 'rejects', uris, target, follower, answered)
}

function answerFollow(
  type: 'Accept' | 'Reject',
  part: string,
  uris: Uris,
  target: AccountRow,
  follower: AccountRow,
  answered: AnsweredFollow,
): Document {
  const actor = actorUri(uris, target)
  const id = answered.uri ?? `${actorUri(uris, follower)}#follows/${answered.id}`
  return {
    id: `${actor}#${part}/follows/${answered.id}`,
    type,
    actor,
    object: followJson(uris, follower, target, id),
  }
}

/** `favouriteId` is the id of the row. */
export function likeJson(
  uris: Uris,
  account: AccountRow,
  status: Status,
  author: AccountRow,
  favouriteId: string,
): Document {
  const actor = actorUri(uris, account)
  return {
    id: `${actor}#likes/${favouriteId}`,
    type: 'Like',
    actor,
    object: statusUri(uris, status, author),
  }
}

/** A vote in a remote poll: a note without content, named as the option. `vote` is the row, and the option's text. */
export function voteJson(
  uris: Uris,
  account: AccountRow,
  status: Status,
  author: AccountRow,
  vote: { id: string; name: string },
): Document {
  const actor = actorUri(uris, account)
  const id = `${actor}#votes/${vote.id}`
  const to = actorUri(uris, author)
  const inReplyTo = statusUri(uris, status, author)
  return {
    id: `${id}/activity`,
    type: 'Create',
    actor,
    to,
    object: { id, type: 'Note', name: vote.name, attributedTo: actor, inReplyTo, to },
  }
}

/** `id` is the address stored with the block. */
export function blockJson(uris: Uris, account: AccountRow, target: AccountRow, id: string): Document {
  return { id, type: 'Block', actor: actorUri(uris, account), object: actorUri(uris, target) }
}

/**
 * Takes an activity of ours back. The activity is embedded, since some servers cannot look it up by its id alone.
 *
 * @param id defaults to the id of the activity followed by `/undo`
 */
export function undoJson(activity: Document, actor: string, id = `${String(activity.id)}/undo`): Document {
  const undo: Document = { id, type: 'Undo', actor, object: activity }
  return activity.to === undefined ? undo : { ...undo, to: activity.to }
}

/** Takes a reblog back. `announce` is its Announce as it was sent. */
export function undoAnnounceJson(
  uris: Uris,
  account: AccountRow,
  reblogId: string,
  announce: Document,
): Document {
  const actor = actorUri(uris, account)
  return {
    id: `${actor}#announces/${reblogId}/undo`,
    type: 'Undo',
    actor,
    to: [PUBLIC],
    object: announce,
  }
}

/** Deletes a status: a Tombstone where it was. */
export function deleteNoteJson(uris: Uris, status: Status, account: AccountRow): Document {
  const uri = statusUri(uris, status, account)
  return {
    id: `${uri}#delete`,
    type: 'Delete',
    actor: actorUri(uris, account),
    to: [PUBLIC],
    object: { id: uri, type: 'Tombstone', atomUri: uri },
  }
}

/** Deletes an actor and all it ever wrote. */
export function deleteActorJson(uris: Uris, account: AccountRow): Document {
  const actor = actorUri(uris, account)
  return { id: `${actor}#delete`, type: 'Delete', actor, to: [PUBLIC], object: actor }
}

/** Tells another server what was reported; `objects` are the account and what it wrote. */
export function flagJson(
  uris: Uris,
  signer: AccountRow,
  report: { id: string; objects: readonly string[]; content: string },
): Document {
  const { id, objects, content } = report
  return { id, type: 'Flag', actor: actorUri(uris, signer), content, object: [...objects] }
}

/** An account of ours goes elsewhere. `moveId` is the id of the row. */
export function moveJson(uris: Uris, account: AccountRow, target: AccountRow, moveId: string): Document {
  const actor = actorUri(uris, account)
  return {
    id: `${actor}#moves/${moveId}`,
    type: 'Move',
    actor,
    object: actor,
    target: actorUri(uris, target),
  }
}
