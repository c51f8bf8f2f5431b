import {
  accountsToPurge,
  closeSeverances,
  forgetRemoteAccount,
  planPurge,
  purgeDomainBlocks,
  purgeEmojis,
} from '@anancus/core/domain/moderation'
import { BadRequestError } from '@anancus/core/kernel/errors'
import type { Command } from '../../command.ts'
import { concurrencyOf, concurrencyOption } from '../../concurrency.ts'
import { each } from '../../each.ts'

export const domainsPurge: Command = {
  name: 'domains purge',
  args: '[domains...]',
  summary:
    'Erase other servers without a trace: their accounts, statuses, files and emojis. They may come back.',
  options: [
    { flags: '--limited-federation-mode', description: 'all that limited federation does not let in' },
    { flags: '--by-uri', description: 'accounts by the address of their actor, not by their handle' },
    { flags: '--include-subdomains', description: 'with what lies below; *.example.org means that alone' },
    { flags: '--purge-domain-blocks', description: 'the domain blocks as well' },
    concurrencyOption,
    { flags: '-v, --verbose', description: 'print the id of each account' },
    { flags: '--dry-run', description: 'only say how many' },
  ],
  run: async ({ out, context }, domains, options) => {
    const isUnlisted = options.limitedFederationMode === true
    const names = domains.filter((domain) => domain !== undefined)
    if (names.length === 0 && !isUnlisted) throw new BadRequestError('No domain(s) given')
    const ctx = await context()
    const isDryRun = options.dryRun === true
    const suffix = isDryRun ? ' (DRY RUN)' : ''
    const plan = await planPurge(ctx, {
      domains: names,
      includeSubdomains: options.includeSubdomains === true,
      byUri: options.byUri === true,
      isUnlisted,
    })
    const ids = await accountsToPurge(ctx, plan)
    if (!isDryRun) {
      await each(out, 'accounts', ids, concurrencyOf(options), async (id) => {
        await forgetRemoteAccount(ctx, id)
      })
      await closeSeverances(ctx, plan)
    }
    if (options.verbose) for (const id of ids) out.say(id)
    out.say(`Removed ${ids.length} accounts${suffix}`, 'green')
    if (options.purgeDomainBlocks) {
      const blocks = await purgeDomainBlocks(ctx, plan, isDryRun)
      out.say(`Removed ${blocks} domain blocks${suffix}`, 'green')
    }
    out.say(`Removed ${await purgeEmojis(ctx, plan, isDryRun)} custom emojis${suffix}`, 'green')
  },
}
