import { findCanonicalEmailBlock } from '@anancus/core/domain/moderation'
import type { Command } from '../../command.ts'

export const canonicalEmailBlocksFind: Command = {
  name: 'canonical-email-blocks find',
  args: '<email>',
  summary: 'Say whether an e-mail address, in any spelling, is banned.',
  run: async ({ out, context }, [email = '']) => {
    if (await findCanonicalEmailBlock(await context(), email)) out.say(`${email} is blocked`, 'red')
    else out.say(`${email} is not blocked`, 'green')
  },
}
