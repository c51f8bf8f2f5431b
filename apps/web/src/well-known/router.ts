import {
  NODEINFO_VERSIONS,
  nodeInfoLinks,
  readNodeInfo,
  readWebFinger,
} from '@anancus/core/domain/federation'
import type { Ctx } from '@anancus/core/kernel/context'
import { html } from '@anancus/core/kernel/text/html'
import express, { type Request, type RequestHandler, type Response } from 'express'
import { answerTo } from '../http/errors.ts'

const THREE_DAYS = 'max-age=259200, public'
const HALF_AN_HOUR = 'max-age=1800, public'
const THREE_MINUTES = 'max-age=180, public'

/** What other servers look up before they speak ActivityPub. Never needs a signature. */
export function wellKnownRouter(ctx: Ctx): express.Router {
  const router = express.Router({ caseSensitive: true, strict: true })
  router.get('/.well-known/webfinger', webFinger(ctx))
  router.get('/.well-known/host-meta', (req, res) => {
    if (/\bjson\b/.test(req.headers.accept ?? '')) writeHostMetaJson(ctx, res)
    else writeHostMeta(ctx, res)
  })
  router.get('/.well-known/host-meta.json', (_req, res) => writeHostMetaJson(ctx, res))
  router.get('/.well-known/nodeinfo', (_req, res) =>
    write(res, 'application/json; charset=utf-8', THREE_DAYS, JSON.stringify(nodeInfoLinks(ctx))),
  )
  // Where browsers bring links of the fediverse that they are told we open.
  router.get('/.well-known/proxy', (req, res) => redirect(res, `/authorize_interaction${queryOf(req)}`))
  router.get('/intent', intent)
  for (const version of NODEINFO_VERSIONS)
    router.get(`/nodeinfo/${version}`, async (_req, res) => {
      const profile = `http://nodeinfo.diaspora.software/ns/schema/${version}#`
      const body = JSON.stringify(await readNodeInfo(ctx, version))
      write(res, `application/json; charset=utf-8; profile="${profile}"`, HALF_AN_HOUR, body)
    })
  return router
}

function webFinger(ctx: Ctx): RequestHandler {
  return async (req, res) => {
    res.setHeader('Access-Control-Allow-Origin', '*')
    try {
      const answer = await readWebFinger(ctx, resourceIn(req))
      write(res, 'application/jrd+json; charset=utf-8', THREE_DAYS, JSON.stringify(answer))
    } catch (error) {
      const answer = answerTo(error)
      if (answer.isOurs) throw error
      for (const [name, value] of Object.entries(answer.headers)) res.setHeader(name, value)
      res.statusCode = answer.status
      write(res, 'application/json; charset=utf-8', THREE_MINUTES, JSON.stringify(answer.body))
    }
  }
}

function resourceIn(req: Request): string | undefined {
  return new URLSearchParams(queryOf(req)).get('resource') ?? undefined
}

/** With its question mark; empty without one. */
function queryOf(req: Request): string {
  const at = req.originalUrl.indexOf('?')
  return at < 0 ? '' : req.originalUrl.slice(at)
}

/** Opens a `web+mastodon:` link: `…://follow?uri=acct:…` or `…://share?text=…`. Any other is not found. */
const intent: RequestHandler = (req, res, next) => {
  const link = URL.parse(new URLSearchParams(queryOf(req)).get('uri') ?? '')
  const uri = link?.searchParams.get('uri')
  const text = link?.searchParams.get('text')
  const verb = link?.protocol === 'web+mastodon:' ? link.host : ''
  if (verb === 'follow' && uri)
    return redirect(res, `/authorize_interaction?${new URLSearchParams({ uri: uri.replace(/^acct:/, '') })}`)
  if (verb === 'share' && text) return redirect(res, `/share?${new URLSearchParams({ text })}`)
  next()
}

function redirect(res: Response, path: string): void {
  res.setHeader('Cache-Control', 'private, no-store')
  res.redirect(302, path)
}

function template(ctx: Ctx): string {
  return `${ctx.config.baseUrl}/.well-known/webfinger?resource={uri}`
}

function writeHostMeta(ctx: Ctx, res: Response): void {
  const link = html`<Link rel="lrdd" template="${template(ctx)}"/>`
  const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<XRD xmlns="http://docs.oasis-open.org/ns/xri/xrd-1.0">\n  ${link}\n</XRD>\n`
  write(res, 'application/xrd+xml; charset=utf-8', THREE_DAYS, xml)
}

function writeHostMetaJson(ctx: Ctx, res: Response): void {
  const body = JSON.stringify({ links: [{ rel: 'lrdd', template: template(ctx) }] })
  write(res, 'application/json; charset=utf-8', THREE_DAYS, body)
}

function write(res: Response, type: string, caching: string, body: string): void {
  const bytes = Buffer.from(body)
  res.setHeader('Access-Control-Allow-Origin', '*')
  res.setHeader('Cache-Control', caching)
  res.setHeader('Content-Type', type)
  res.setHeader('Content-Length', String(bytes.length))
  res.end(bytes)
}
