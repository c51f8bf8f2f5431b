import { removeOrphans } from '@anancus/core/domain/media'
import type { Command } from '../../command.ts'
import { humanSize } from '@anancus/core/kernel/text/human-size'

export const mediaRemoveOrphans: Command = {
  name: 'media remove-orphans',
  summary: 'Look for files in the store that belong to nothing, and remove them.',
  options: [
    {
      flags: '--start-after <key>',
      description: 'only what comes after this key: to go on where a run broke off',
    },
    { flags: '--prefix <prefix>', description: 'only what begins so, such as cache/' },
    { flags: '--fix-permissions', description: 'say anew who may read the files that stay' },
    { flags: '--dry-run', description: 'only name them' },
  ],
  run: async ({ out, context }, _args, options) => {
    const ctx = await context()
    const isDryRun = options.dryRun === true
    const pages = removeOrphans(ctx, {
      ...(typeof options.prefix === 'string' ? { prefix: options.prefix } : {}),
      ...(typeof options.startAfter === 'string' ? { startAfter: options.startAfter } : {}),
      fixPermissions: options.fixPermissions === true,
      isDryRun,
    })
    let [seen, removed, bytes] = [0, 0, 0]
    let last = typeof options.startAfter === 'string' ? options.startAfter : ''
    try {
      for await (const page of pages) {
        for (const key of page.unrecognised) out.say(`Unrecognized file found: ${key}`, 'yellow')
        for (const object of page.removed) {
          out.say(`Found and removed orphan: ${object.key}`)
          bytes += object.bytes
        }
        removed += page.removed.length
        seen += page.seen
        last = page.last
        // How many there are nobody knows before the end.
        out.progress(`files (${seen})`, 0)
      }
    } catch (error) {
      if (last !== '') out.say(`To go on from here: --start-after ${last}`, 'yellow')
      throw error
    }
    out.say(
      `Removed ${removed} orphans (approx. ${humanSize(bytes)})${isDryRun ? ' (DRY RUN)' : ''}`,
      'green',
    )
  },
}
