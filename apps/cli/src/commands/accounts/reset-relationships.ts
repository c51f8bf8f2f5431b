import { endTie, listTies } from '@anancus/core/domain/moderation'
import { followBootstrapAccounts } from '@anancus/core/domain/users'
import { BadRequestError } from '@anancus/core/kernel/errors'
import type { Command } from '../../command.ts'
import { each } from '../../each.ts'
import { getUserByUsername } from './find-user.ts'

export const resetRelationships: Command = {
  name: 'accounts reset-relationships',
  args: '<username>',
  summary: 'End the follows of a user, or those of their followers.',
  options: [
    { flags: '--follows', description: 'whom the user follows' },
    { flags: '--followers', description: 'who follows the user' },
  ],
  run: async ({ out, context }, [username = ''], options) => {
    if (!options.follows && !options.followers)
      throw new BadRequestError('Use --follows, --followers or both.')
    const ctx = await context()
    const viewer = await getUserByUsername(ctx, username)
    let count = 0
    for (const direction of ['follows', 'followers'] as const) {
      if (!options[direction]) continue
      const ids = await listTies(ctx, viewer.account, direction)
      await each(out, direction, ids, 1, (id) => endTie(ctx, viewer.account, id, direction))
      count += ids.length
    }
    if (options.follows) await followBootstrapAccounts(ctx, viewer)
    out.say(`Processed ${count} relationships`, 'green')
  },
}
