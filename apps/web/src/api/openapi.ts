import { z } from 'zod'
import { noParams } from '../http/params.ts'
import { written } from '../http/reply.ts'
import { sharedByEveryone } from '../http/respond.ts'
import { anyone, route } from '../http/route.ts'
import { servedDocument } from './openapi/served.ts'

const NOT_MODIFIED = 304

/** Ours: the API described for machines, as OpenAPI 3.1. */
export const openApi = route({
  method: 'get',
  path: '/api/openapi.json',
  auth: anyone(),
  isExemptFromLockdown: true,
  params: noParams,
  summary: 'This description.',
  answers: z.looseObject({
    openapi: z.string(),
    info: z.looseObject({ title: z.string(), version: z.string() }),
    paths: z.looseObject({}),
  }),
  alsoAnswers: { [NOT_MODIFIED]: 'nothing' },
  async handle({ ctx, req, res }) {
    const { bytes, etag } = servedDocument(ctx.config)
    for (const [name, value] of Object.entries(sharedByEveryone(ctx))) res.setHeader(name, value)
    res.setHeader('ETag', etag)
    if (req.headers['if-none-match']?.includes(etag)) {
      res.writeHead(NOT_MODIFIED).end()
      return written
    }
    res.setHeader('Content-Type', 'application/json; charset=utf-8')
    res.setHeader('Content-Length', String(bytes.length))
    res.end(req.method === 'HEAD' ? undefined : bytes)
    return written
  },
})
