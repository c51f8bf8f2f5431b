import { followForOperator, listLocalFollowerIds, unfollowForOperator } from '@anancus/core/domain/moderation'
import { listLocalAccountIds } from '@anancus/core/domain/users'
import type { Command } from '../../command.ts'
import { concurrencyOf, concurrencyOption } from '../../concurrency.ts'
import { each } from '../../each.ts'
import { getAccountByHandle } from './find-account.ts'
import { getUserByUsername } from './find-user.ts'

export const followByAll: Command = {
  name: 'accounts follow',
  args: '<username>',
  summary: 'Let every local account follow a local account.',
  options: [concurrencyOption],
  run: async ({ out, context }, [username = ''], options) => {
    const ctx = await context()
    const { account } = await getUserByUsername(ctx, username)
    let count = 0
    await each(out, 'accounts', await listLocalAccountIds(ctx), concurrencyOf(options), async (id) => {
      if (await followForOperator(ctx, id, account)) count += 1
    })
    out.say(`OK, followed target from ${count} accounts`, 'green')
  },
}

export const unfollowByAll: Command = {
  name: 'accounts unfollow',
  args: '<acct>',
  summary: 'Let every local account unfollow an account.',
  options: [concurrencyOption],
  run: async ({ out, context }, [handle = ''], options) => {
    const ctx = await context()
    const target = await getAccountByHandle(ctx, handle)
    const ids = await listLocalFollowerIds(ctx, target)
    await each(out, 'accounts', ids, concurrencyOf(options), (id) => unfollowForOperator(ctx, id, target))
    out.say(`OK, unfollowed target from ${ids.length} accounts`, 'green')
  },
}
