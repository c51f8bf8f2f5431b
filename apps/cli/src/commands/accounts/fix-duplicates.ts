import { mergeDuplicates } from '@anancus/core/domain/moderation'
import type { Command } from '../../command.ts'

export const fixDuplicates: Command = {
  name: 'accounts fix-duplicates',
  summary: 'Merge remote accounts that share an actor.',
  options: [{ flags: '--dry-run', description: 'only say which' }],
  run: async ({ out, context }, _args, options) => {
    const kept = await mergeDuplicates(await context(), { isDryRun: options.dryRun === true })
    for (const id of kept) out.say(`Duplicates found for ${id}`)
    out.say(`OK${options.dryRun ? ' (DRY RUN)' : ''}`, 'green')
  },
}
