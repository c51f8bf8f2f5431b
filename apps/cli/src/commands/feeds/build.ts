import { rebuildFeed } from '@anancus/core/domain/timelines'
import { listActiveAccountIds, listLocalAccountIds } from '@anancus/core/domain/users'
import type { Command } from '../../command.ts'
import { concurrencyOf, concurrencyOption } from '../../concurrency.ts'
import { each } from '../../each.ts'
import { getUserByUsername } from '../accounts/find-user.ts'

export const feedsBuild: Command = {
  name: 'feeds build',
  args: '[username]',
  summary: 'Build home feeds anew: of one user, of all, or of those who were here lately.',
  options: [
    { flags: '--all', description: 'of everybody, not only of active users' },
    concurrencyOption,
    { flags: '--skip-filled-timelines', description: 'leave feeds alone that are there' },
    { flags: '--dry-run', description: 'only say how many' },
  ],
  run: async ({ out, context }, [username], options) => {
    const ctx = await context()
    const ids = username
      ? [(await getUserByUsername(ctx, username)).account.id]
      : await (options.all ? listLocalAccountIds(ctx) : listActiveAccountIds(ctx))
    const suffix = options.dryRun ? ' (DRY RUN)' : ''
    const keepBuilt = options.skipFilledTimelines === true
    if (!options.dryRun)
      await each(out, 'feeds', ids, concurrencyOf(options), async (id) => {
        await rebuildFeed(ctx, id, { keepBuilt })
      })
    out.say(`Regenerated feeds for ${ids.length} accounts${suffix}`, 'green')
  },
}
