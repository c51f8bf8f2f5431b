import { purgeCustomEmojis } from '@anancus/core/domain/media'
import type { Command } from '../../command.ts'

export const emojiPurge: Command = {
  name: 'emoji purge',
  summary: 'Remove all custom emojis.',
  options: [
    { flags: '--remote-only', description: 'those of other servers alone' },
    { flags: '--suspended-only', description: 'those of suspended servers alone' },
  ],
  run: async ({ out, context }, _args, options) => {
    await purgeCustomEmojis(await context(), {
      remoteOnly: options.remoteOnly === true,
      suspendedOnly: options.suspendedOnly === true,
    })
    out.say('OK', 'green')
  },
}
