import { receiveAccept } from './accept.ts'
import { receiveAnnounce } from './announce.ts'
import { receiveBlock } from './block.ts'
import { receiveCreate } from './create.ts'
import { receiveDelete } from './delete.ts'
import { receiveFeatureRequest } from './feature-request.ts'
import { receiveAdd, receiveRemove } from './featured.ts'
import { receiveFlag } from './flag.ts'
import { receiveFollow } from './follow.ts'
import type { InboxHandler } from './handler.ts'
import { receiveLike } from './like.ts'
import { receiveMove } from './move.ts'
import { receiveQuoteRequest } from './quote-request.ts'
import { receiveReject } from './reject.ts'
import { receiveUndo } from './undo.ts'
import { receiveUpdate } from './update.ts'

/** Which activity calls for which rule. A type that is not here is ignored, as every server ignores some. */
const handlers: Record<string, InboxHandler> = {
  Accept: receiveAccept,
  Add: receiveAdd,
  Announce: receiveAnnounce,
  Block: receiveBlock,
  Create: receiveCreate,
  Delete: receiveDelete,
  EmojiReact: receiveLike,
  FeatureRequest: receiveFeatureRequest,
  Flag: receiveFlag,
  Follow: receiveFollow,
  Like: receiveLike,
  Move: receiveMove,
  QuoteRequest: receiveQuoteRequest,
  Reject: receiveReject,
  Remove: receiveRemove,
  Undo: receiveUndo,
  Update: receiveUpdate,
}

export function handlerFor(type: string): InboxHandler | undefined {
  return Object.hasOwn(handlers, type) ? handlers[type] : undefined
}
