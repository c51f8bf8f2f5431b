import { dropAllFeeds } from '@anancus/core/domain/timelines'
import type { Command } from '../../command.ts'

export const feedsClear: Command = {
  name: 'feeds clear',
  summary: 'Delete all home and list feeds from Redis; each is built again when it is read.',
  run: async ({ out, context }) => {
    await dropAllFeeds(await context())
    out.say('OK', 'green')
  },
}
