import { lookupAccount } from '@anancus/core/domain/accounts'
import { moveAccount, replayMove } from '@anancus/core/domain/relationships'
import { BadRequestError } from '@anancus/core/kernel/errors'
import type { Ctx } from '@anancus/core/kernel/context'
import { acct } from '@anancus/core/kernel/uris'
import type { AccountRow } from '@anancus/db'
import type { Command, Options } from '../../command.ts'
import { getUserByUsername } from './find-user.ts'

export const migrateAccount: Command = {
  name: 'accounts migrate',
  args: '<username>',
  summary: 'Move a local account to another one, or send its last move again.',
  options: [
    { flags: '--replay', description: 'send the last move again' },
    {
      flags: '--target <acct>',
      description: 'move to this account, which must name the local one as an alias',
    },
    { flags: '--force', description: 'even if the account points somewhere else' },
  ],
  run: async ({ out, context }, [username = ''], options) => {
    if (options.replay && options.target) throw new BadRequestError('Use --replay or --target, not both')
    if (!options.replay && !options.target) throw new BadRequestError('Use either --replay or --target')
    const ctx = await context()
    const { account } = await getUserByUsername(ctx, username)
    const target = await migrate(ctx, account, options)
    out.say(`OK, migrated ${acct(account)} to ${acct(target)}`, 'green')
  },
}

async function migrate(ctx: Ctx, account: AccountRow, options: Options): Promise<AccountRow> {
  const force = Boolean(options.force)
  if (options.replay) return replayMove(ctx, account, { force })
  const handle = String(options.target)
  if (!force && account.moved_to_account_id !== null) await requireSameTarget(ctx, account, handle)
  return moveAccount(ctx, account, handle)
}

async function requireSameTarget(ctx: Ctx, account: AccountRow, handle: string): Promise<void> {
  const target = await lookupAccount(ctx, null, handle)
  if (target.id === account.moved_to_account_id) return
  throw new BadRequestError(
    'The specified account is redirecting to a different target account. Use --force if you want to change the migration target',
  )
}
