import { StartError } from '@anancus/core/kernel/errors'
import type { Command } from '../../command.ts'
import { sowTown } from '../../seed/sow.ts'

export const dbSeed: Command = {
  name: 'db seed',
  summary: 'Fill a development instance with a small town of people and posts.',
  run: async ({ out, context }) => {
    const ctx = await context()
    if (ctx.config.isProduction) throw new StartError('The development town does not belong into production.')
    const isSown = await sowTown(ctx)
    out.say(isSown ? 'OK, the town is there' : 'OK, the town was there already', 'green')
  },
}
