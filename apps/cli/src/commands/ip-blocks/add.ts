import { addIpRule, ipSeverityNamed } from '@anancus/core/domain/moderation'
import { BadRequestError } from '@anancus/core/kernel/errors'
import type { Command, Options } from '../../command.ts'
import { colourOf } from './colour-of.ts'

export const ipBlocksAdd: Command = {
  name: 'ip-blocks add',
  args: '[addresses...]',
  summary: 'Make rules for addresses or ranges.',
  options: [
    {
      flags: '--severity <severity>',
      description: 'sign_up_requires_approval, sign_up_block or no_access',
      required: true,
    },
    { flags: '-c, --comment <text>', description: 'why' },
    { flags: '-d, --duration <seconds>', description: 'for how long; without it for ever' },
    { flags: '-f, --force', description: 'change rules that are there' },
  ],
  run: async ({ out, context }, addresses, options) => {
    if (addresses.length === 0) throw new BadRequestError('No IP(s) given')
    const rule = {
      severity: ipSeverityNamed(String(options.severity)),
      comment: options.comment === undefined ? undefined : String(options.comment),
      durationSeconds: durationOf(options),
      overwrite: options.force === true,
    }
    const ctx = await context()
    const counts = { added: 0, there: 0, invalid: 0 }
    for (const address of addresses) {
      const result = await addIpRule(ctx, address ?? '', rule)
      if (result === 'invalid') out.say(`${address} is invalid`, 'red')
      if (result === 'there') out.say(`${address} is already blocked`, 'yellow')
      counts[result] += 1
    }
    const { added, there, invalid } = counts
    out.say(`Added ${added}, skipped ${there}, failed ${invalid}`, colourOf(added, invalid))
  },
}

function durationOf({ duration }: Options): number | undefined {
  if (duration === undefined) return undefined
  if (/^[1-9]\d{0,9}$/.test(String(duration))) return Number(duration)
  throw new BadRequestError('--duration must be a number of seconds.')
}
