import { mergeAccounts } from '@anancus/core/domain/moderation'
import { BadRequestError } from '@anancus/core/kernel/errors'
import type { Command } from '../../command.ts'
import { getAccountByHandle } from './find-account.ts'

export const mergeTwoAccounts: Command = {
  name: 'accounts merge',
  args: '<from> <to>',
  summary: 'Make one of two remote accounts that are the same; the first one goes.',
  options: [{ flags: '-f, --force', description: 'although their keys differ' }],
  run: async ({ out, context }, [fromHandle = '', toHandle = ''], options) => {
    const ctx = await context()
    const from = await getAccountByHandle(ctx, fromHandle)
    const to = await getAccountByHandle(ctx, toHandle)
    if (from.domain === null || to.domain === null)
      throw new BadRequestError('Only remote accounts can be merged.')
    if (from.id === to.id) throw new BadRequestError('These are one account already.')
    if (from.public_key !== to.public_key && !options.force)
      throw new BadRequestError(
        'The accounts have different public keys, and may be two. Use --force to merge them.',
      )
    await mergeAccounts(ctx, from, to)
    out.say('OK', 'green')
  },
}
