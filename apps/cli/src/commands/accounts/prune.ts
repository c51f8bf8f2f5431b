import { pruneAccounts } from '@anancus/core/domain/moderation'
import type { Command } from '../../command.ts'

export const pruneRemoteAccounts: Command = {
  name: 'accounts prune',
  summary: 'Delete remote accounts with which nobody here has anything to do.',
  options: [{ flags: '--dry-run', description: 'only say how many' }],
  run: async ({ out, context }, _args, options) => {
    const isDryRun = options.dryRun === true
    const count = await pruneAccounts(await context(), { isDryRun })
    out.say(`OK, pruned ${count} accounts${isDryRun ? ' (DRY RUN)' : ''}`, 'green')
  },
}
