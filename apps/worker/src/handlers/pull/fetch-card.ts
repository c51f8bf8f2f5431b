import { fetchCard } from '@anancus/core/domain/previews'
import type { fetchCardJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof fetchCardJob> = async (ctx, payload) => {
  await fetchCard(ctx, payload)
}
