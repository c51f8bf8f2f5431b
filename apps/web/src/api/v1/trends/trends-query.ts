import type { TrendsQuery } from '@anancus/core/domain/trends'
import { z } from 'zod'
import { localeOf } from '../../../http/locale.ts'
import { limitParam, offsetParam, stringParam } from '../../../http/params.ts'
import { offsetReply } from '../../../http/pagination.ts'
import type { Reply } from '../../../http/reply.ts'
import type { Call } from '../../../http/route.ts'

/** What every list of trends takes. */
export const trendsParams = (limit: number, max = limit * 2) =>
  z.object({ limit: limitParam(limit, max), offset: offsetParam, lang: stringParam })

type TrendsCall = Call<{ limit: number; offset: number; lang?: string | undefined }>

export function trendsQuery({ ctx, req, viewer, params }: TrendsCall): TrendsQuery {
  const { limit, offset, lang } = params
  return { limit, offset, locale: localeOf(ctx, req, lang, viewer) }
}

/** A page by offset; `vary` where the order depends on the languages of the reader. */
export function trendsReply(call: TrendsCall, items: readonly unknown[], vary?: 'languages'): Reply {
  const { limit, offset } = call.params
  const reply = offsetReply(call, items, { limit, offset, prevWhen: 'beyond-limit' })
  if (reply.kind !== 'json' || vary === undefined) return reply
  return { ...reply, headers: { ...reply.headers, Vary: 'Authorization, Accept-Language' } }
}
