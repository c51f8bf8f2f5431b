import { approveOldest, approveUser } from '@anancus/core/domain/users'
import { BadRequestError } from '@anancus/core/kernel/errors'
import type { Command } from '../../command.ts'
import { getUserByUsername } from './find-user.ts'

const EVERYBODY = 1_000_000

export const approveAccounts: Command = {
  name: 'accounts approve',
  args: '[username]',
  summary: 'Let pending users in: one, the oldest few, or all.',
  options: [
    { flags: '-n, --number <count>', description: 'the oldest so many' },
    { flags: '--all', description: 'all who wait' },
  ],
  run: async ({ out, context }, [username], options) => {
    const ctx = await context()
    if (options.all) await approveOldest(ctx, EVERYBODY)
    else if (options.number) await approveOldest(ctx, countOf(String(options.number)))
    else if (username) await approveUser(ctx, await getUserByUsername(ctx, username))
    else throw new BadRequestError('Name a user, or use --number or --all.')
    out.say('OK', 'green')
  },
}

function countOf(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text)
  throw new BadRequestError('Number must be positive')
}
