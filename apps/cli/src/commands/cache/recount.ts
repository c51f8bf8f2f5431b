import { recountAccounts } from '@anancus/core/domain/accounts'
import { recountStatuses } from '@anancus/core/domain/statuses'
import { BadRequestError } from '@anancus/core/kernel/errors'
import type { Command } from '../../command.ts'

export const cacheRecount: Command = {
  name: 'cache recount',
  args: '<type>',
  summary: 'Count again what is kept as a number: of accounts, or of statuses.',
  run: async ({ out, context }, [type = '']) => {
    const recount = { accounts: recountAccounts, statuses: recountStatuses }[type]
    if (!recount) throw new BadRequestError(`Unknown type: ${type}. It is accounts or statuses.`)
    const done = await recount(await context(), (count) => out.progress(`${count} ${type}`, 0))
    out.say(`OK, recounted ${done} ${type}`, 'green')
  },
}
