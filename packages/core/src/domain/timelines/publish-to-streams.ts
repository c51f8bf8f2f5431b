import { type StatusRow, stored, VISIBILITIES } from '@anancus/db'
import { localMentionsOf, streamFacts } from '@anancus/db/queries/streaming'
import { renderStatus } from '../../entities/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { hashtagChannel, homeChannel, listenedTo, publicChannel, publishMany } from '../../streaming/index.ts'

const PUBLIC = stored(VISIBILITIES, 'public')

type StreamedStatus = Pick<
  StatusRow,
  'id' | 'account_id' | 'visibility' | 'reblog_of_id' | 'reply' | 'in_reply_to_account_id'
>

/**
 * Sends a public status to the public and hashtag streams that somebody listens to, as the anonymous see it. Replies to
 * others go to hashtags only; reblogs and what limited accounts say go nowhere.
 *
 * @see https://docs.joinmastodon.org/methods/streaming/#streams
 */
export async function publishToStreams(
  ctx: Ctx,
  status: StatusRow,
  kind: 'create' | 'update',
): Promise<void> {
  const channels = await listenedTo(ctx, await channelsOf(ctx, status))
  if (channels.size === 0) return
  const payload = await renderStatus(ctx, null, status.id)
  const message = JSON.stringify({ event: kind === 'create' ? 'update' : 'status.update', payload })
  await publishMany(
    ctx,
    [...channels].map((channel) => ({ channel, message })),
  )
}

/** Tells the public and hashtag streams, and the home of whoever it named, that a status is gone. */
export async function publishDelete(ctx: Ctx, status: StatusRow): Promise<void> {
  const mentioned = await localMentionsOf(ctx.db, status.id)
  const channels = [...(await channelsOf(ctx, status)), ...mentioned.map(homeChannel)]
  await publishMany(
    ctx,
    channels.map((channel) => ({ channel, message: { event: 'delete' as const, payload: status.id } })),
  )
}

async function channelsOf(ctx: Ctx, status: StreamedStatus): Promise<string[]> {
  if (status.visibility !== PUBLIC || status.reblog_of_id !== null) return []
  const facts = await streamFacts(ctx.db, status.id)
  if (!facts || facts.author_hidden) return []
  const origin = facts.author_domain === null ? 'local' : 'remote'
  const hashtags = facts.tags.flatMap((tag) => [
    hashtagChannel(tag),
    ...(origin === 'local' ? [hashtagChannel(tag, { local: true })] : []),
  ])
  const isReplyToOthers = status.reply && status.in_reply_to_account_id !== status.account_id
  if (isReplyToOthers) return hashtags
  const wholes = [publicChannel(), publicChannel({ origin })]
  const media = facts.has_media
    ? [publicChannel({ media: true }), publicChannel({ origin, media: true })]
    : []
  return [...wholes, ...media, ...hashtags]
}
