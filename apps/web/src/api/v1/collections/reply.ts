import { renderCollections } from '@anancus/core/entities'
import { offsetReply } from '../../../http/pagination.ts'
import type { Reply } from '../../../http/reply.ts'
import type { Call } from '../../../http/route.ts'

/** A page of collections under their root key. */
export async function collectionsReply(
  call: Pick<Call<{ limit: number; offset: number }>, 'ctx' | 'req' | 'viewer' | 'params'>,
  ids: readonly string[],
): Promise<Reply> {
  const collections = await renderCollections(call.ctx, call.viewer, ids)
  const { limit, offset } = call.params
  return offsetReply(call, collections, { limit, offset, prevWhen: 'any', root: 'collections' })
}
