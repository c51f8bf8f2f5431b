import { getAccount } from '@anancus/core/domain/accounts'
import { renderRelationships } from '@anancus/core/entities'
import type { AccountRow } from '@anancus/db'
import { z } from 'zod'
import { idParam } from '../../../http/params.ts'
import { ok } from '../../../http/reply.ts'
import { type Route, type UserCall, user, userRoute } from '../../../http/route.ts'

/**
 * A route `POST /api/v1/accounts/:id/<verb>`: does something to an account and answers with the relationship after it.
 * The account is one that may be seen; any other is not found.
 */
export function relationshipRoute<Shape extends z.ZodRawShape>(definition: {
  verb: string
  scopes: readonly string[]
  params: Shape
  summary: string
  act(call: UserCall<z.output<z.ZodObject<Shape>>>, target: AccountRow): Promise<void>
}): Route {
  const schema = z.object({ id: idParam, ...definition.params })
  return userRoute({
    method: 'post',
    path: `/api/v1/accounts/:id/${definition.verb}`,
    auth: user(...definition.scopes),
    params: schema,
    summary: definition.summary,
    answers: 'Relationship',
    async handle(call) {
      const { ctx, viewer } = call
      const target = await getAccount(ctx, viewer, (call.params as { id: string }).id)
      await definition.act(call as never, target)
      const [relationship] = await renderRelationships(ctx, viewer, [target.id])
      return ok(relationship)
    },
  })
}
