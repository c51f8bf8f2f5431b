import { isId } from '@anancus/db'
import { ownEmoji } from '@anancus/db/queries/documents'
import { emojiJson, withContext } from '../../../activitypub/render/index.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { NotFoundError } from '../../../kernel/errors.ts'
import { type Served, served } from './served.ts'

/** A custom emoji of ours. @throws NotFoundError */
export async function readEmoji(ctx: Ctx, id: string): Promise<Served> {
  const emoji = isId(id) ? await ownEmoji(ctx.db, id) : null
  const document = emoji ? emojiJson({ fileUrl: (key) => ctx.storage.url(key) }, ctx.config, emoji) : null
  if (!document) throw new NotFoundError()
  return served(withContext(document))
}
