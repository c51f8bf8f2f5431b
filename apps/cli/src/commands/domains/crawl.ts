import { type Crawl, crawlServers, crawlTotals } from '@anancus/core/domain/federation'
import { BadRequestError } from '@anancus/core/kernel/errors'
import type { Command } from '../../command.ts'
import { concurrencyOf, optionFor } from '../../concurrency.ts'
import type { Output } from '../../output.ts'

const AT_A_TIME = 50

export const domainsCrawl: Command = {
  name: 'domains crawl',
  args: '[start]',
  summary: 'Walk from server to server along the peers they tell, from one or from all we know.',
  options: [
    optionFor(AT_A_TIME),
    { flags: '-f, --format <format>', description: 'summary (default), domains or json' },
    { flags: '-x, --exclude-suspended', description: 'without those that are suspended here' },
  ],
  run: async ({ out, context }, [start], options) => {
    const format = String(options.format ?? 'summary')
    const show = Object.hasOwn(SHOWS, format) ? SHOWS[format] : undefined
    if (!show) throw new BadRequestError('The format is summary, domains or json.')
    const concurrency = concurrencyOf(options, AT_A_TIME)
    const ctx = await context()
    const startedAt = ctx.clock.now().getTime()
    const crawl = await crawlServers(ctx, {
      start,
      excludeSuspended: options.excludeSuspended === true,
      concurrency,
      // What a program is to read stays alone on its lines.
      ...(format === 'summary'
        ? {
            onVisit: (visited: number, found: number) =>
              out.progress(`domains (${visited}/${found})`, visited / found),
          }
        : {}),
    })
    show(out, crawl, Math.round((ctx.clock.now().getTime() - startedAt) / 1000))
  },
}

const SHOWS: Record<string, (out: Output, crawl: Crawl, seconds: number) => void> = {
  summary: (out, crawl, seconds) => {
    const totals = crawlTotals(crawl)
    out.say(`Visited ${crawl.visited} domains, ${crawl.failed} failed (${seconds}s elapsed)`, 'green')
    out.say(`Total servers: ${totals.servers}`, 'yellow')
    out.say(`Total registered: ${totals.users}`, 'yellow')
    out.say(`Total active last week: ${totals.active}`, 'yellow')
    out.say(`Total joined last week: ${totals.joined}`, 'yellow')
  },
  domains: (out, crawl) => {
    for (const domain of [...crawl.servers.keys()].sort()) out.say(domain)
  },
  json: (out, crawl) => {
    out.say(JSON.stringify(Object.fromEntries([...crawl.servers].filter(([, server]) => server !== null))))
  },
}
