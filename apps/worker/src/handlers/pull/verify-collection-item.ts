import { verifyCollectionItem } from '@anancus/core/domain/collections'
import type { verifyCollectionItemJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof verifyCollectionItemJob> = async (ctx, payload) => {
  await verifyCollectionItem(ctx, payload)
}
