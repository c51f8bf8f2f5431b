import { listEmailDomainFamilies } from '@anancus/core/domain/moderation'
import { BadRequestError } from '@anancus/core/kernel/errors'
import type { Command, Options } from '../../command.ts'

export const emailDomainBlocksList: Command = {
  name: 'email-domain-blocks list',
  summary: 'Show the e-mail domains that may not sign up, each with its mail servers.',
  options: [
    { flags: '--only-blocked', description: 'those that may not sign up at all' },
    { flags: '--only-with-approval', description: 'those that somebody looks at first' },
  ],
  run: async ({ out, context }, _args, options) => {
    for (const { block, children } of await listEmailDomainFamilies(await context(), kindOf(options))) {
      out.say(block.domain)
      for (const child of children) out.say(`  ${child.domain}`)
    }
  },
}

function kindOf(options: Options): boolean | null {
  if (options.onlyBlocked && options.onlyWithApproval)
    throw new BadRequestError('Use --only-blocked or --only-with-approval, not both.')
  if (options.onlyBlocked) return false
  return options.onlyWithApproval ? true : null
}
