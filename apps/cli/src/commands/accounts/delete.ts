import { deleteAccount as remove } from '@anancus/core/domain/moderation'
import { BadRequestError } from '@anancus/core/kernel/errors'
import { renderAccount } from '@anancus/core/entities'
import type { Command } from '../../command.ts'
import { getUserByEmail, getUserByUsername } from './find-user.ts'

export const deleteAccount: Command = {
  name: 'accounts delete',
  args: '[username]',
  summary: 'Delete a user with everything they have posted.',
  options: [
    { flags: '--email <address>', description: 'choose the user by e-mail address' },
    { flags: '--dry-run', description: 'only say what would be deleted' },
  ],
  run: async ({ out, context }, [username], options) => {
    if (Boolean(username) === Boolean(options.email)) {
      throw new BadRequestError('Use either a username or --email to choose the user.')
    }
    const ctx = await context()
    const user = username
      ? await getUserByUsername(ctx, username)
      : await getUserByEmail(ctx, String(options.email))
    const { statuses_count } = await renderAccount(ctx, null, user.account.id)
    const suffix = options.dryRun ? ' (DRY RUN)' : ''
    out.say(`Deleting user with ${statuses_count} statuses, the worker takes care of them${suffix}`)
    if (!options.dryRun) await remove(ctx, user)
    out.say(`OK${suffix}`, 'green')
  },
}
