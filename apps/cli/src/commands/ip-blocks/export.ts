import { listRefusedRanges } from '@anancus/core/domain/moderation'
import { BadRequestError } from '@anancus/core/kernel/errors'
import type { Command } from '../../command.ts'

const LINES: Record<string, (range: string) => string> = {
  plain: (range) => range,
  nginx: (range) => `deny ${range};`,
}

export const ipBlocksExport: Command = {
  name: 'ip-blocks export',
  summary: 'Print the ranges without access, a line each.',
  options: [{ flags: '-f, --format <format>', description: 'plain (default) or nginx' }],
  run: async ({ out, context }, _args, options) => {
    const format = String(options.format ?? 'plain')
    const line = Object.hasOwn(LINES, format) ? LINES[format] : undefined
    if (!line) throw new BadRequestError('The format is plain or nginx.')
    for (const range of await listRefusedRanges(await context())) out.say(line(range))
  },
}
