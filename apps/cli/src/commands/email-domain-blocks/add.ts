import { addEmailDomain } from '@anancus/core/domain/moderation'
import { BadRequestError } from '@anancus/core/kernel/errors'
import type { Command } from '../../command.ts'

export const emailDomainBlocksAdd: Command = {
  name: 'email-domain-blocks add',
  args: '[domains...]',
  summary: 'Keep e-mail domains from signing up.',
  options: [
    { flags: '--with-dns-records', description: 'the servers that take their mail as well' },
    { flags: '--allow-with-approval', description: 'let them ask, for somebody to look at first' },
  ],
  run: async ({ out, context }, domains, options) => {
    if (domains.length === 0) throw new BadRequestError('No domain(s) given')
    const ctx = await context()
    const given = {
      allowWithApproval: options.allowWithApproval === true,
      withDnsRecords: options.withDnsRecords === true,
    }
    let [added, skipped] = [0, 0]
    for (const domain of domains) {
      const result = await addEmailDomain(ctx, domain ?? '', given)
      for (const name of result.there) out.say(`${name} is already blocked.`, 'yellow')
      added += result.added.length
      skipped += result.there.length
    }
    out.say(`Added ${added}, skipped ${skipped}`, added > 0 ? 'green' : 'yellow')
  },
}
