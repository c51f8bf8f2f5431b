import { createReadStream } from 'node:fs'
import { basename, extname } from 'node:path'
import { createGunzip } from 'node:zlib'
import { categoryFor, importEmoji, MAX_EMOJI_BYTES } from '@anancus/core/domain/media'
import type { Ctx } from '@anancus/core/kernel/context'
import { BadRequestError, ValidationError } from '@anancus/core/kernel/errors'
import type { Command, Options } from '../../command.ts'
import type { Output } from '../../output.ts'
import { readTar } from '../../tar.ts'

const EXTENSIONS: ReadonlySet<string> = new Set(['.png', '.gif'])

export const emojiImport: Command = {
  name: 'emoji import',
  args: '<path>',
  summary: 'Make custom emojis of the PNG and GIF files in a .tar.gz; their names become the shortcodes.',
  options: [
    { flags: '--prefix <text>', description: 'before each shortcode' },
    { flags: '--suffix <text>', description: 'after each shortcode' },
    { flags: '--overwrite', description: 'give those that are there the new picture' },
    { flags: '--unlisted', description: 'not shown in the picker' },
    { flags: '--category <name>', description: 'put them there' },
  ],
  run: async ({ out, context }, [path], options) => {
    const ctx = await context()
    const counts = { imported: 0, skipped: 0, failed: 0 }
    const categoryId = typeof options.category === 'string' ? await categoryFor(ctx, options.category) : null
    for await (const { name, body } of filesIn(path ?? ''))
      counts[await importOne({ ctx, out, options, categoryId }, name, body)] += 1
    const { imported, skipped, failed } = counts
    out.say(
      `Imported ${imported}, skipped ${skipped}, failed to import ${failed}`,
      failed > 0 ? 'red' : skipped > 0 ? 'yellow' : 'green',
    )
  },
}

/** Pictures alone, and none of what macOS puts beside them. */
async function* filesIn(path: string) {
  const archive = createReadStream(path).on('error', (error) => unzipped.destroy(error))
  const unzipped = archive.pipe(createGunzip())
  try {
    for await (const file of readTar(unzipped, MAX_EMOJI_BYTES)) {
      const isPicture = EXTENSIONS.has(extname(file.name)) && !basename(file.name).startsWith('._')
      if (isPicture) yield file
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new BadRequestError(`There is no file ${path}`)
    if (code?.startsWith('Z_')) throw new BadRequestError(`${path} is no .tar.gz`)
    throw error
  }
}

interface Import {
  ctx: Ctx
  out: Output
  options: Options
  categoryId: string | null
}

async function importOne(
  { ctx, out, options, categoryId }: Import,
  name: string,
  image: Buffer | null,
): Promise<'imported' | 'skipped' | 'failed'> {
  const stem = basename(name, extname(name))
  try {
    if (image === null) throw new ValidationError(`Image must be less than ${MAX_EMOJI_BYTES / 1024} KB`)
    return await importEmoji(ctx, {
      shortcode: `${options.prefix ?? ''}${stem}${options.suffix ?? ''}`,
      image,
      isVisible: options.unlisted !== true,
      categoryId,
      overwrite: options.overwrite === true,
    })
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error
    out.say('Failure/Error: ', 'red')
    out.say(name)
    out.say(`    ${error.message}`, 'red')
    return 'failed'
  }
}
