import { removeEmailDomain } from '@anancus/core/domain/moderation'
import { BadRequestError } from '@anancus/core/kernel/errors'
import type { Command } from '../../command.ts'

export const emailDomainBlocksRemove: Command = {
  name: 'email-domain-blocks remove',
  args: '[domains...]',
  summary: 'Let e-mail domains sign up again.',
  run: async ({ out, context }, domains) => {
    if (domains.length === 0) throw new BadRequestError('No domain(s) given')
    const ctx = await context()
    let [removed, skipped] = [0, 0]
    for (const domain of domains) {
      const count = await removeEmailDomain(ctx, domain ?? '')
      if (count === 0) out.say(`${domain} is not yet blocked.`, 'yellow')
      removed += count
      skipped += count === 0 ? 1 : 0
    }
    out.say(`Removed ${removed}, skipped ${skipped}, failed 0`, removed > 0 ? 'green' : 'yellow')
  },
}
