import { listSuggestions } from '@anancus/core/domain/accounts'
import { renderAccounts } from '@anancus/core/entities'
import { z } from 'zod'
import { limitParam, offsetParam } from '../../http/params.ts'
import type { UserCall } from '../../http/route.ts'

/** Both versions of the list take these. */
export const suggestionParams = z.object({ limit: limitParam(40, 80), offset: offsetParam })

/** The accounts suggested to the viewer, and what speaks for each, by its id. */
export async function suggestedAccounts({
  ctx,
  viewer,
  params,
}: UserCall<z.output<typeof suggestionParams>>) {
  const found = await listSuggestions(ctx, viewer, params)
  const ids = found.map((item) => item.accountId)
  const sources = new Map(found.map((item) => [item.accountId, item.sources]))
  return { accounts: await renderAccounts(ctx, viewer, ids), sources }
}
