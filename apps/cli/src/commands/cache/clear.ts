import type { Command } from '../../command.ts'

export const cacheClear: Command = {
  name: 'cache clear',
  summary: 'Forget everything that is cached in Redis.',
  run: async ({ out, context }) => {
    await (await context()).cache.clear()
    out.say('OK', 'green')
  },
}
