import { tagByName } from '@anancus/db/queries/tags'
import { withContext } from '../../../activitypub/render/index.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { NotFoundError } from '../../../kernel/errors.ts'
import { normalizeTagName } from '../../../kernel/text/tag-name.ts'
import { tagUrl } from '../../../kernel/uris.ts'
import { type Served, served } from './served.ts'

/** A hashtag: only that there is one, under this address. @throws NotFoundError nobody used it, or it may not be used */
export async function readTag(ctx: Ctx, name: string): Promise<Served> {
  const tag = await tagByName(ctx.db, normalizeTagName(name))
  if (!tag || tag.usable === false) throw new NotFoundError()
  return served(withContext({ id: tagUrl(ctx.config, tag.name), type: 'OrderedCollection' }))
}
