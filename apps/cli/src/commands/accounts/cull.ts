import { cullAccount, idleAccounts } from '@anancus/core/domain/moderation'
import type { Command } from '../../command.ts'
import { concurrencyOf, concurrencyOption } from '../../concurrency.ts'
import { each } from '../../each.ts'

export const cullAccounts: Command = {
  name: 'accounts cull',
  args: '[domains...]',
  summary: 'Remove remote accounts that their servers no longer have.',
  options: [concurrencyOption, { flags: '--dry-run', description: 'only ask, and remove nobody' }],
  run: async ({ out, context }, domains, options) => {
    const ctx = await context()
    const isDryRun = options.dryRun === true
    const unreachable = new Set<string>()
    let visited = 0
    let removed = 0
    const chosen = domains.filter((domain) => domain !== undefined)
    for await (const batch of idleAccounts(ctx, chosen))
      await each(out, 'accounts', batch, concurrencyOf(options), async (account) => {
        const domain = account.domain ?? ''
        // One answer that does not come is enough for a server.
        if (unreachable.has(domain)) return
        const outcome = await cullAccount(ctx, account, { isDryRun })
        visited += 1
        if (outcome === 'removed') removed += 1
        if (outcome === 'unreachable') unreachable.add(domain)
      })
    const suffix = isDryRun ? ' (DRY RUN)' : ''
    out.say(`Visited ${visited} accounts, removed ${removed}${suffix}`, 'green')
    if (unreachable.size === 0) return
    out.say('The following domains were not available during the check:', 'yellow')
    for (const domain of [...unreachable].sort()) out.say(`    ${domain}`)
  },
}
