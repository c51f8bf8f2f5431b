import { migrationStatus } from '@anancus/db'
import type { Command } from '../../command.ts'

export const dbStatus: Command = {
  name: 'db status',
  summary: 'Show which migrations have run and which wait.',
  run: async ({ out, context }) => {
    const { done, pending } = await migrationStatus((await context()).db)
    for (const name of done) out.say(`done     ${name}`, 'green')
    for (const name of pending) out.say(`pending  ${name}`, 'yellow')
    out.say(`${done.length} done, ${pending.length} pending`)
  },
}
