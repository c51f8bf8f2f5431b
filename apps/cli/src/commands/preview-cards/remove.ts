import { oldCards, removeOldCard } from '@anancus/core/domain/media'
import { inBulk } from '../../bulk.ts'
import type { Command } from '../../command.ts'
import { concurrencyOf, concurrencyOption } from '../../concurrency.ts'
import { daysAgo, daysOf, daysOption } from '../../days.ts'
import { humanSize } from '@anancus/core/kernel/text/human-size'

const DAYS = 180

export const previewCardsRemove: Command = {
  name: 'preview-cards remove',
  summary: 'Remove local copies of the pictures of link previews.',
  options: [
    daysOption(`older than so many days (default ${DAYS})`),
    { flags: '--link', description: 'of links alone, not of films and photos' },
    concurrencyOption,
    { flags: '-v, --verbose', description: 'print the id of each' },
    { flags: '--dry-run', description: 'only say how many' },
  ],
  run: async ({ out, context }, _args, options) => {
    const manner = { concurrency: concurrencyOf(options), isVerbose: options.verbose === true }
    const days = daysOf(options, DAYS)
    const ctx = await context()
    const linksOnly = options.link === true
    const isDryRun = options.dryRun === true
    const cards = oldCards(ctx, { before: daysAgo(ctx, days), linksOnly })
    const { processed, bytes } = await inBulk(out, 'preview cards', cards, manner, (card) =>
      removeOldCard(ctx, card, isDryRun),
    )
    const kind = linksOnly ? 'link-type ' : ''
    const suffix = isDryRun ? ' (DRY RUN)' : ''
    out.say(`Removed ${processed} ${kind}preview cards (approx. ${humanSize(bytes)})${suffix}`, 'green')
  },
}
