import { listLocalAccountIds, rotateKeys } from '@anancus/core/domain/users'
import { BadRequestError } from '@anancus/core/kernel/errors'
import type { Command } from '../../command.ts'
import { getUserByUsername } from './find-user.ts'

export const rotateAccounts: Command = {
  name: 'accounts rotate',
  args: '[username]',
  summary: 'Give a user, or all, new keys; other servers are told.',
  options: [{ flags: '--all', description: 'everybody' }],
  run: async ({ out, context }, [username], options) => {
    const ctx = await context()
    if (options.all) {
      const ids = await listLocalAccountIds(ctx)
      for (const id of ids) await rotateKeys(ctx, { id })
      out.say(`OK, rotated keys for ${ids.length} accounts`, 'green')
      return
    }
    if (!username) throw new BadRequestError('Name a user, or use --all.')
    await rotateKeys(ctx, (await getUserByUsername(ctx, username)).account)
    out.say('OK', 'green')
  },
}
