import { deliverActivityJob, processActivityJob } from '../../../jobs/index.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { enqueue } from '../../../kernel/enqueue.ts'
import { NotFoundError, ValidationError } from '../../../kernel/errors.ts'
import { findEvent } from './read-events.ts'

/**
 * Does again what the recorder kept: sends the delivery once more, or processes the activity once more with every check.
 * What was refused at the door is not replayed, nor what was not for everybody: its sender sends it again.
 *
 * @throws NotFoundError the event made room for others
 * @throws ValidationError it cannot be replayed
 */
export async function replayEvent(ctx: Ctx, id: string): Promise<void> {
  const event = await findEvent(ctx, id)
  if (!event) throw new NotFoundError('The recorder does not hold this event any more')
  if (!event.replay) throw new ValidationError('This cannot be replayed: its sender has to send it again')
  const { replay } = event
  if (replay.kind === 'delivery') {
    const { bodyId, inboxUrl, signerId } = replay
    return enqueue(ctx, deliverActivityJob, { bodyId, inboxUrl, signerId })
  }
  const { body, signerId, request, inboxOwnerId, receivedAt } = replay
  await enqueue(ctx, processActivityJob, { body, signerId, request, inboxOwnerId, receivedAt })
}
