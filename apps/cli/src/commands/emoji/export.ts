import { createWriteStream } from 'node:fs'
import { access, rename, rm } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { findEmojiCategory, ownEmojis } from '@anancus/core/domain/media'
import type { Ctx } from '@anancus/core/kernel/context'
import { BadRequestError } from '@anancus/core/kernel/errors'
import { emojiKey } from '@anancus/core/kernel/storage/keys'
import type { Command } from '../../command.ts'
import type { Output } from '../../output.ts'
import { TAR_END, tarFile } from '../../tar.ts'

export const emojiExport: Command = {
  name: 'emoji export',
  args: '<path>',
  summary: 'Write the custom emojis of this server into export.tar.gz in a folder.',
  options: [
    { flags: '--category <name>', description: 'of one category alone' },
    { flags: '--overwrite', description: 'replace an archive that is there' },
  ],
  run: async ({ out, context }, [path], options) => {
    const file = join(path ?? '.', 'export.tar.gz')
    if (!options.overwrite && (await isThere(file)))
      throw new BadRequestError("Archive already exists! Use '--overwrite' to overwrite it!")
    const ctx = await context()
    const name = typeof options.category === 'string' ? options.category : null
    const categoryId = name === null ? null : await findEmojiCategory(ctx, name)
    if (name !== null && categoryId === null) throw new BadRequestError(`Unable to find category '${name}'!`)
    const counts = { exported: 0 }
    await write(file, archive(ctx, out, categoryId, counts))
    out.say(`Exported ${counts.exported}`, 'green')
  },
}

async function* archive(ctx: Ctx, out: Output, categoryId: string | null, counts: { exported: number }) {
  for await (const emoji of ownEmojis(ctx, categoryId)) {
    const key = emojiKey(emoji, 'original')
    if (key === null) continue
    out.say(`Adding '${emoji.shortcode}'...`)
    const body = await buffer((await ctx.storage.get(key)).body)
    yield tarFile(emoji.shortcode + extname(emoji.image_file_name ?? ''), body)
    counts.exported += 1
  }
  yield TAR_END
}

/** Aside first: an archive that is there is whole. */
async function write(file: string, parts: AsyncIterable<Buffer>): Promise<void> {
  const aside = `${file}.part`
  try {
    await pipeline(Readable.from(parts), createGzip(), createWriteStream(aside))
    await rename(aside, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new BadRequestError(`There is no folder for ${file}`)
    throw error
  } finally {
    await rm(aside, { force: true })
  }
}

function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}
