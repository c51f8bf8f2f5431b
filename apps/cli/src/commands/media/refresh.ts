import { lookupAccount } from '@anancus/core/domain/accounts'
import { refetchRemoteMedia, staleMedia } from '@anancus/core/domain/media'
import type { Ctx } from '@anancus/core/kernel/context'
import { BadRequestError, NotFoundError } from '@anancus/core/kernel/errors'
import { isId } from '@anancus/core/kernel/ids'
import { inBulk } from '../../bulk.ts'
import type { Command, Options } from '../../command.ts'
import { concurrencyOf, concurrencyOption } from '../../concurrency.ts'
import { daysAgo, daysOf, daysOption } from '../../days.ts'
import { humanSize } from '@anancus/core/kernel/text/human-size'

export const mediaRefresh: Command = {
  name: 'media refresh',
  summary: 'Fetch media of other servers anew.',
  options: [
    { flags: '--account <acct>', description: 'of one remote account' },
    { flags: '--domain <domain>', description: 'of one server' },
    { flags: '--status <id>', description: 'of one post' },
    daysOption('of so many last days'),
    { flags: '--force', description: 'also what is here already' },
    concurrencyOption,
    { flags: '-v, --verbose', description: 'print the id of each' },
    { flags: '--dry-run', description: 'only say how many' },
  ],
  run: async ({ out, context }, _args, options) => {
    const manner = { concurrency: concurrencyOf(options), isVerbose: options.verbose === true }
    const ctx = await context()
    const query = { ...NONE, isForced: options.force === true, ...(await chosen(ctx, options)) }
    const isDryRun = options.dryRun === true
    const { processed, bytes } = await inBulk(
      out,
      'media attachments',
      staleMedia(ctx, query),
      manner,
      async (media) =>
        isDryRun
          ? (media.file_file_size ?? 0) + (media.thumbnail_file_size ?? 0)
          : refetchRemoteMedia(ctx, media),
    )
    out.say(
      `Downloaded ${processed} media attachments (approx. ${humanSize(bytes)})${isDryRun ? ' (DRY RUN)' : ''}`,
      'green',
    )
  },
}

const NONE = { statusId: null, accountId: null, domain: null, since: null }

/** The first that is named; the rest is not looked at. */
async function chosen(ctx: Ctx, options: Options): Promise<Partial<Parameters<typeof staleMedia>[1]>> {
  const { status, account, domain, days } = options
  if (typeof status === 'string') {
    if (!isId(status)) throw new BadRequestError('--status must be the id of a post.')
    return { statusId: status }
  }
  if (typeof account === 'string') return { accountId: await remoteAccountId(ctx, account) }
  if (typeof domain === 'string') return { domain: domain.toLowerCase() }
  if (days !== undefined) return { since: daysAgo(ctx, daysOf(options, 0)) }
  throw new BadRequestError('Specify the source of media attachments')
}

async function remoteAccountId(ctx: Ctx, handle: string): Promise<string> {
  try {
    return (await lookupAccount(ctx, null, handle)).id
  } catch (error) {
    if (error instanceof NotFoundError) throw new NotFoundError('No such account')
    throw error
  }
}
