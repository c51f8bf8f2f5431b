import { accountById } from '@anancus/db/queries/accounts'
import { mediaById } from '@anancus/db/queries/media-attachments'
import { statusById } from '@anancus/db/queries/statuses'
import type { Ctx } from '../../kernel/context.ts'
import { BadRequestError } from '../../kernel/errors.ts'
import { type KeyParts, parseKey } from '../../kernel/storage/parse-key.ts'
import { accountUrl, statusUrl } from '../../kernel/uris.ts'

const MODELS: Readonly<Record<string, string>> = {
  accounts: 'Account',
  media_attachments: 'MediaAttachment',
  custom_emojis: 'CustomEmoji',
  preview_cards: 'PreviewCard',
  site_uploads: 'SiteUpload',
  backups: 'Backup',
}

/**
 * Finds the page on which people see a stored file, by the address of the file, wherever it is served from.
 *
 * @throws BadRequestError in tootctl's words: no address, none of a file of ours, or of one that no page shows
 */
export async function findShownPage(ctx: Ctx, url: string): Promise<string> {
  const parts = readAddress(url)
  const page = await pageOf(ctx, parts)
  if (page === undefined)
    throw new BadRequestError(`Cannot find corresponding model: ${MODELS[parts.table] ?? parts.table}`)
  if (page === null) throw new BadRequestError('No public URL for this type of record')
  return page
}

/** The key stands at the end of a path, behind a bucket, a prefix or /system. */
function readAddress(url: string): KeyParts {
  const address = URL.parse(url)
  if (!address) throw new BadRequestError('Invalid URL')
  const segments = address.pathname.split('/').filter((segment) => segment !== '')
  for (let from = 0; from < segments.length; from += 1) {
    const parts = parseKey(segments.slice(from).join('/'))
    if (parts) return parts
  }
  throw new BadRequestError('Not a media URL')
}

/** Undefined: there is no such row. */
async function pageOf(ctx: Ctx, { table, id }: KeyParts): Promise<string | null | undefined> {
  if (!Object.hasOwn(MODELS, table)) return undefined
  if (table === 'accounts') {
    const account = await accountById(ctx.db, id)
    return account ? accountUrl(ctx.config, account) : undefined
  }
  if (table !== 'media_attachments') return null
  const media = await mediaById(ctx.db, id)
  if (!media) return undefined
  const status = media.status_id === null ? null : await statusById(ctx.db, media.status_id)
  const author = status && (await accountById(ctx.db, status.account_id))
  return status && author ? statusUrl(ctx.config, status, author) : null
}
