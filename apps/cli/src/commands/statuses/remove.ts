import { removeUnattached } from '@anancus/core/domain/media'
import { removeLoneConversations, removeOldStatuses, tidyAfterRemoval } from '@anancus/core/domain/statuses'
import type { Ctx } from '@anancus/core/kernel/context'
import { BadRequestError } from '@anancus/core/kernel/errors'
import type { Command, Options } from '../../command.ts'
import { daysAgo, daysOf, daysOption } from '../../days.ts'
import type { Output } from '../../output.ts'

const DAYS = 90
const BATCH = 1_000
const MOST = 100_000

export const statusesRemove: Command = {
  name: 'statuses remove',
  summary: 'Remove posts of other servers that nobody here has anything to do with.',
  options: [
    daysOption(`older than so many days (default ${DAYS})`),
    { flags: '-b, --batch-size <n>', description: `so many at a time (default ${BATCH})` },
    { flags: '--continue', description: 'go on where a run was broken off' },
    { flags: '--clean-followed', description: 'also of accounts that somebody here follows' },
    { flags: '--skip-status-remove', description: 'leave the posts' },
    { flags: '--skip-media-remove', description: 'leave attachments that belong to no post' },
    { flags: '--compress-database', description: 'make the tables small as well: they are locked meanwhile' },
  ],
  run: async ({ out, context }, _args, options) => {
    const work: Work = { out, options, batchSize: batchSizeOf(options), days: daysOf(options, DAYS) }
    const ctx = await context()
    if (!options.skipStatusRemove) await removeStatuses(ctx, work)
    await tidy(ctx, work, 'statuses')
    if (!options.skipMediaRemove) await removeMedia(ctx, work)
    await removeConversations(ctx, work)
    await tidy(ctx, work, 'conversations')
  },
}

interface Work {
  out: Output
  options: Options
  batchSize: number
  days: number
}

function batchSizeOf(options: Options): number {
  const size = Number(options.batchSize ?? BATCH)
  if (Number.isInteger(size) && size >= 1 && size <= MOST) return size
  throw new BadRequestError('Cannot run with this batch_size setting, must be at least 1')
}

async function removeStatuses(ctx: Ctx, { out, options, batchSize, days }: Work): Promise<void> {
  out.say('Beginning statuses removal... This might take a while...')
  await timed(ctx, out, 'statuses', () =>
    removeOldStatuses(ctx, {
      before: daysAgo(ctx, days),
      withFollowed: options.cleanFollowed === true,
      batchSize,
      isContinued: options.continue === true,
      onProgress: (done, total) => out.progress(`statuses (${done}/${total})`, done / total),
    }),
  )
}

/** A day less: what was attached to the removed posts may have come a little after them. */
async function removeMedia(ctx: Ctx, { out, days }: Work): Promise<void> {
  out.say('Beginning removal of now-orphaned media attachments to free up disk space...')
  await timed(ctx, out, 'media_attachments', () => removeUnattached(ctx, daysAgo(ctx, Math.max(1, days - 1))))
}

async function removeConversations(ctx: Ctx, { out, batchSize }: Work): Promise<void> {
  out.say('Beginning orphans removal... This might take a while...')
  await timed(ctx, out, 'conversations', () => removeLoneConversations(ctx, batchSize))
}

async function timed(ctx: Ctx, out: Output, what: string, work: () => Promise<number>): Promise<void> {
  const startedAt = ctx.clock.now().getTime()
  const removed = await work()
  const seconds = (ctx.clock.now().getTime() - startedAt) / 1000
  out.say(`Done after ${seconds}s, removed ${removed} out of ${removed} ${what}.`, 'green')
}

async function tidy(ctx: Ctx, { out, options }: Work, table: 'statuses' | 'conversations'): Promise<void> {
  if (!options.compressDatabase) {
    out.say(`Run ANALYZE to ${table}...`)
    await tidyAfterRemoval(ctx, table, 'analyze')
    return
  }
  out.say(`Run VACUUM FULL ANALYZE to ${table}...`)
  await tidyAfterRemoval(ctx, table, 'vacuum')
  out.say(`Run REINDEX to ${table}...`)
  await tidyAfterRemoval(ctx, table, 'reindex')
}
