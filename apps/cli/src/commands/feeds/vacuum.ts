import { dropInactiveFeeds } from '@anancus/core/domain/timelines'
import type { Command } from '../../command.ts'

export const feedsVacuum: Command = {
  name: 'feeds vacuum',
  summary: 'Delete feeds that nobody reads any more from Redis.',
  run: async ({ out, context }) => {
    await dropInactiveFeeds(await context())
    out.say('OK', 'green')
  },
}
