import { moveFiles } from '@anancus/core/domain/media'
import { BadRequestError } from '@anancus/core/kernel/errors'
import type { StoreName } from '@anancus/core/kernel/storage/index'
import type { Command } from '../../command.ts'
import { concurrencyOf, concurrencyOption } from '../../concurrency.ts'
import { humanSize } from '@anancus/core/kernel/text/human-size'

export const mediaMove: Command = {
  name: 'media move',
  summary: 'Move all files from local disk to S3, or back, while the server runs. See docs/storage.md.',
  options: [
    { flags: '--from <store>', description: 'local or s3', required: true },
    { flags: '--to <store>', description: 's3 or local', required: true },
    { flags: '--keep', description: 'leave the originals: a copy ahead of the move' },
    concurrencyOption,
  ],
  run: async ({ out, context }, _args, options) => {
    const [from, to] = [storeOf(options.from), storeOf(options.to)]
    const concurrency = concurrencyOf(options)
    const ctx = await context()
    const moved = await moveFiles(ctx, {
      from,
      to,
      isCopy: options.keep === true,
      concurrency,
      onProgress: (step, done, total) => out.progress(`${step} (${done}/${total})`, done / total),
    })
    for (const { key, reason } of moved.failed) out.say(`${key}: ${reason}`, 'red')
    const { copied, present, bytes, removed, failed } = moved
    out.say(
      `Copied ${copied} files (approx. ${humanSize(bytes)}), ${present} were there, removed ${removed}, failed ${failed.length}`,
      failed.length > 0 ? 'red' : 'green',
    )
    if (failed.length > 0) throw new BadRequestError('What failed is still where it was: run this again.')
  },
}

function storeOf(word: string | boolean | undefined): StoreName {
  if (word === 'local' || word === 's3') return word
  throw new BadRequestError('A store is local or s3.')
}
