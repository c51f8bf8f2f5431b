import { getVisibleStatus, type VisibleStatus } from '@anancus/core/domain/statuses'
import type { Request } from 'express'
import { z } from 'zod'
import { visibleIdParam } from '../../../http/params.ts'
import type { Call } from '../../../http/route.ts'

export const statusParams = z.object({ id: visibleIdParam })

const found = new WeakMap<Request, Promise<VisibleStatus>>()

/**
 * The status a route is about, as the caller may see it. Read once a request, so that a `lookUp` costs nothing twice.
 *
 * @throws NotFoundError missing or not visible, in the same words
 */
export function statusOf(
  call: Pick<Call<unknown>, 'ctx' | 'viewer' | 'req'> & { params: { id: string } },
): Promise<VisibleStatus> {
  const known = found.get(call.req)
  if (known) return known
  const read = getVisibleStatus(call.ctx, call.viewer, call.params.id)
  found.set(call.req, read)
  return read
}

/** Answers 404 for what the caller cannot see before a token is asked for, as Mastodon does here. */
export async function lookUp(call: Call<{ id: string }>): Promise<void> {
  await statusOf(call)
}
