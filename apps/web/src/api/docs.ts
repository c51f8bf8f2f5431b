import { NotFoundError } from '@anancus/core/kernel/errors'
import type { Html } from '@anancus/core/kernel/text/html'
import { z } from 'zod'
import { stringParam } from '../http/params.ts'
import { written } from '../http/reply.ts'
import { clearCors } from '../http/respond.ts'
import { anyone, route } from '../http/route.ts'
import { contentSecurityPolicy } from '../pages/content-security-policy.ts'
import { layout } from '../pages/layouts/layout.ts'
import { sendHtml } from '../pages/page.ts'
import { findOperation } from './openapi/operations.ts'
import { entityPage } from './openapi/pages/entity.ts'
import { indexPage } from './openapi/pages/index.ts'
import { operationPage } from './openapi/pages/operation.ts'
import { servedDocument } from './openapi/served.ts'
import type { OpenApiDocument } from './openapi/document.ts'

const params = z.object({
  q: stringParam.describe('Words to look for in paths and summaries.'),
  operation: stringParam.describe('The operation to show, by its id.'),
  entity: stringParam.describe('The entity to show, by its name.'),
})

/** Ours: the API described for people. */
export const docs = route({
  method: 'get',
  path: '/api/docs',
  auth: anyone(),
  isExemptFromLockdown: true,
  params,
  summary: 'The description of this API for people.',
  answers: 'page',
  async handle({ ctx, res, params: asked }) {
    const { title, body } = pageFor(servedDocument(ctx.config).document, asked)
    // Nothing on these pages is inline, so nothing needs a nonce.
    const markup = await layout(ctx, { title, body, nonce: '', signedIn: null, width: 'wide' })
    clearCors(res)
    res.setHeader('Content-Security-Policy', contentSecurityPolicy(ctx.config, null))
    sendHtml(res, 200, markup)
    return written
  },
})

/** @throws NotFoundError an operation or entity that there is not */
function pageFor(document: OpenApiDocument, asked: z.output<typeof params>): { title: string; body: Html } {
  if (asked.operation !== undefined) {
    const found = findOperation(document, asked.operation)
    if (!found) throw new NotFoundError('Not Found')
    return { title: `${found.method.toUpperCase()} ${found.path}`, body: operationPage(document, found) }
  }
  if (asked.entity !== undefined) {
    const schema = Object.hasOwn(document.components.schemas ?? {}, asked.entity)
      ? document.components.schemas?.[asked.entity]
      : undefined
    if (!schema) throw new NotFoundError('Not Found')
    return { title: asked.entity, body: entityPage(document, asked.entity, schema) }
  }
  return { title: 'API', body: indexPage(document, asked.q ?? '') }
}
