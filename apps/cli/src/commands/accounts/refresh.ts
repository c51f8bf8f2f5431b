import { listRemoteAccountIds, redownloadImages } from '@anancus/core/domain/moderation'
import { BadRequestError, RemoteServerError } from '@anancus/core/kernel/errors'
import type { Ctx } from '@anancus/core/kernel/context'
import type { Command, Options } from '../../command.ts'
import { concurrencyOf, concurrencyOption } from '../../concurrency.ts'
import { each } from '../../each.ts'
import { getAccountByHandle } from './find-account.ts'

export const refreshAccounts: Command = {
  name: 'accounts refresh',
  args: '[usernames...]',
  summary: 'Download avatars and headers of remote accounts anew.',
  options: [
    { flags: '--all', description: 'of all' },
    { flags: '--domain <domain>', description: 'of one server' },
    concurrencyOption,
    { flags: '-v, --verbose', description: 'name each account that fails' },
    { flags: '--dry-run', description: 'only say how many' },
  ],
  run: async ({ out, context }, handles, options) => {
    const ctx = await context()
    const ids = await chosenIds(ctx, handles, options)
    let count = 0
    await each(out, 'accounts', ids, concurrencyOf(options), async (id) => {
      try {
        if (options.dryRun || (await redownloadImages(ctx, id))) count += 1
      } catch (error) {
        if (!(error instanceof RemoteServerError)) throw error
        if (options.verbose) out.say(`${id}: ${error.host} does not answer`, 'red')
      }
    })
    out.say(`Refreshed ${count} accounts${options.dryRun ? ' (DRY RUN)' : ''}`, 'green')
  },
}

async function chosenIds(
  ctx: Ctx,
  handles: readonly (string | undefined)[],
  options: Options,
): Promise<string[]> {
  if (options.all) return listRemoteAccountIds(ctx, null)
  if (options.domain) return listRemoteAccountIds(ctx, String(options.domain))
  const named = handles.filter((handle) => handle !== undefined)
  if (named.length === 0) throw new BadRequestError('Name accounts, or use --domain or --all.')
  const accounts = await Promise.all(named.map((handle) => getAccountByHandle(ctx, handle)))
  return accounts.map((account) => account.id)
}
