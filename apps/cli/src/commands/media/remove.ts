import { oldMedia, oldProfiles, removeOldMedia, removeOldProfile } from '@anancus/core/domain/media'
import { BadRequestError } from '@anancus/core/kernel/errors'
import { inBulk } from '../../bulk.ts'
import type { Command, Options } from '../../command.ts'
import { concurrencyOf, concurrencyOption } from '../../concurrency.ts'
import { daysAgo, daysOf, daysOption } from '../../days.ts'
import { humanSize } from '@anancus/core/kernel/text/human-size'

const DAYS = 7

export const mediaRemove: Command = {
  name: 'media remove',
  summary: 'Remove local copies of media from other servers. They are fetched again when somebody looks.',
  options: [
    daysOption(`older than so many days (default ${DAYS})`),
    { flags: '--prune-profiles', description: 'avatars and headers of remote accounts instead' },
    { flags: '--remove-headers', description: 'headers of remote accounts alone instead' },
    {
      flags: '--include-follows',
      description: 'also of accounts that somebody here follows or is followed by',
    },
    { flags: '--keep-interacted', description: 'not of posts that somebody here did something with' },
    concurrencyOption,
    { flags: '-v, --verbose', description: 'print the id of each' },
    { flags: '--dry-run', description: 'only say how many' },
  ],
  run: async ({ out, context }, _args, options) => {
    checkOptions(options)
    const manner = { concurrency: concurrencyOf(options), isVerbose: options.verbose === true }
    const days = daysOf(options, DAYS)
    const ctx = await context()
    const before = daysAgo(ctx, days)
    const isDryRun = options.dryRun === true
    const suffix = isDryRun ? ' (DRY RUN)' : ''
    if (options.pruneProfiles || options.removeHeaders) {
      const withAvatars = options.pruneProfiles === true
      const query = { before, withAvatars, includeFollows: options.includeFollows === true }
      const { processed, bytes } = await inBulk(out, 'accounts', oldProfiles(ctx, query), manner, (account) =>
        removeOldProfile(ctx, account, { withAvatars, isDryRun }),
      )
      out.say(
        `Visited ${processed} accounts and removed profile media totaling ${humanSize(bytes)}${suffix}`,
        'green',
      )
      return
    }
    const query = { before, keepInteracted: options.keepInteracted === true }
    const { processed, bytes } = await inBulk(
      out,
      'media attachments',
      oldMedia(ctx, query),
      manner,
      (media) => removeOldMedia(ctx, media, isDryRun),
    )
    out.say(`Removed ${processed} media attachments (approx. ${humanSize(bytes)})${suffix}`, 'green')
  },
}

function checkOptions({ pruneProfiles, removeHeaders, includeFollows }: Options): void {
  if (pruneProfiles && removeHeaders)
    throw new BadRequestError('--prune-profiles and --remove-headers should not be specified simultaneously')
  if (includeFollows && !pruneProfiles && !removeHeaders)
    throw new BadRequestError('--include-follows can only be used with --prune-profiles or --remove-headers')
}
