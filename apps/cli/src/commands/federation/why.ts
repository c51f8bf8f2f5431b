import { readEvents } from '@anancus/core/domain/federation'
import { BadRequestError } from '@anancus/core/kernel/errors'
import type { Command } from '../../command.ts'
import { eventLines } from './event-lines.ts'

const DEFAULT_LIMIT = '20'
const MAX_LIMIT = 1_000

export const federationWhy: Command = {
  name: 'federation why',
  args: '[about]',
  summary:
    'Say what became of an activity (by its address, that of its status, actor or inbox) or of all from and to a host.',
  options: [
    { flags: '-n, --limit <n>', description: `so many events (default ${DEFAULT_LIMIT})` },
    { flags: '--failed', description: 'only what did not go well' },
    { flags: '--incoming', description: 'only what came in' },
    { flags: '--outgoing', description: 'only what went out' },
    { flags: '--json', description: 'one event a line, as JSON' },
  ],
  run: async ({ out, context }, [about], options) => {
    const limit = Number(options.limit ?? DEFAULT_LIMIT)
    if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT)
      throw new BadRequestError(`The limit is a number from 1 to ${MAX_LIMIT}.`)
    const direction = options.incoming ? 'in' : options.outgoing ? 'out' : undefined
    const events = await readEvents(await context(), {
      limit,
      failedOnly: options.failed === true,
      ...(about === undefined ? {} : { about }),
      ...(direction === undefined ? {} : { direction }),
    })
    if (options.json) return events.forEach((event) => out.say(JSON.stringify(event)))
    for (const event of events)
      for (const line of eventLines(event)) out.say(line, line.includes('✗') ? 'red' : undefined)
    if (events.length === 0)
      out.say('The recorder knows nothing of it: it never came, or made room for others.', 'yellow')
  },
}
