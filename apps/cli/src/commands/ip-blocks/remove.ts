import { removeIpRules } from '@anancus/core/domain/moderation'
import { BadRequestError } from '@anancus/core/kernel/errors'
import type { Command } from '../../command.ts'
import { colourOf } from './colour-of.ts'

export const ipBlocksRemove: Command = {
  name: 'ip-blocks remove',
  args: '[addresses...]',
  summary: 'Lift the rules for addresses or ranges, and for what lies in them.',
  options: [{ flags: '-f, --force', description: 'lift the rules that cover them instead' }],
  run: async ({ out, context }, addresses, options) => {
    if (addresses.length === 0) throw new BadRequestError('No IP(s) given')
    const ctx = await context()
    let [removed, skipped] = [0, 0]
    for (const address of addresses) {
      const count = await removeIpRules(ctx, address ?? '', { covering: options.force === true })
      if (count === null) out.say(`${address} is invalid`, 'yellow')
      if (count === 0) out.say(`${address} is not yet blocked`, 'yellow')
      if (count) removed += 1
      else skipped += 1
    }
    out.say(`Removed ${removed}, skipped ${skipped}`, colourOf(removed, 0))
  },
}
