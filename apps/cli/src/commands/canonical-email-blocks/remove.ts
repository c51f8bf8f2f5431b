import { unblockEmail } from '@anancus/core/domain/moderation'
import type { Command } from '../../command.ts'

export const canonicalEmailBlocksRemove: Command = {
  name: 'canonical-email-blocks remove',
  args: '<email>',
  summary: 'Free a banned e-mail address.',
  run: async ({ out, context }, [email = '']) => {
    if (await unblockEmail(await context(), email)) out.say(`Unblocked ${email}`, 'green')
    else out.say(`${email} is not blocked`, 'yellow')
  },
}
