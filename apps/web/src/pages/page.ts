import { randomBytes } from 'node:crypto'
import { noteSessionUse, noteVisit } from '@anancus/core/domain/users'
import type { Ctx } from '@anancus/core/kernel/context'
import { BadRequestError } from '@anancus/core/kernel/errors'
import type { Html } from '@anancus/core/kernel/text/html'
import type { NextFunction, Request, RequestHandler, Response, Router } from 'express'
import { addressOf } from '../http/address.ts'
import { readBody } from '../http/body.ts'
import { loadFormSession, requireCsrf } from '../http/csrf.ts'
import { rememberTree, treeOf } from '../http/pagination.ts'
import { type ParamHash, parseQuery } from '../http/param-tree.ts'
import { scalarAt } from '../http/params.ts'
import { logOf } from '../http/request-log.ts'
import { type SignedIn, signedIn } from '../http/session.ts'
import { contentSecurityPolicy, type PolicyOptions } from './content-security-policy.ts'
import { showError } from './error-page.ts'
import { layout } from './layouts/layout.ts'

/** What a page works with: the request read, its form session open, and who is signed in. */
export interface PageCall {
  ctx: Ctx
  req: Request
  res: Response
  tree: ParamHash
  /** One parameter of query or form as text; empty when absent. */
  text(name: string): string
  signedIn: SignedIn | null
  nonce: string
}

export type PageHandler = (call: PageCall) => Promise<void>

export interface PageOptions {
  title: string
  body: Html
  status?: number
  policy?: PolicyOptions
  /** A message for the next look, shown once. */
  notice?: string | undefined
  width?: 'narrow' | 'wide'
}

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

/** Hangs a page into the router. Writes need the CSRF token of a form of ours; nothing is cached. */
export function page(router: Router, ctx: Ctx, method: Method, path: string, handler: PageHandler): void {
  router[method](path, pageHandler(ctx, handler, { isWrite: method !== 'get' }))
}

export function pageHandler(ctx: Ctx, handler: PageHandler, options: { isWrite: boolean }): RequestHandler {
  return async (req, res) => {
    const own = { ...ctx, log: logOf(req, ctx) }
    res.setHeader('Cache-Control', 'private, no-store')
    const nonce = randomBytes(16).toString('base64')
    try {
      await loadFormSession(own, req, res)
      const tree = options.isWrite ? treeOf(req) : parseQuery(queryOf(req)).root
      if (options.isWrite) requireCsrf(own.config, req)
      const who = await signedIn(own, req)
      const text = (name: string) => scalarAt(tree, name) ?? ''
      await handler({ ctx: own, req, res, tree, text, signedIn: who, nonce })
      if (who) await noteUse(own, req, who)
    } catch (error) {
      showError(own, req, res, error)
    }
  }
}

/** Once a day, after the answer: that a user and a browser were here. */
async function noteUse(ctx: Ctx, req: Request, { session, viewer }: SignedIn): Promise<void> {
  await noteSessionUse(ctx, session, { ip: addressOf(req), userAgent: req.get('user-agent') ?? '' })
  await noteVisit(ctx, viewer)
}

/**
 * Reads query and form before routing, so that `_method` can say what a form means: browsers send GET and POST only.
 *
 * @see https://guides.rubyonrails.org/form_helpers.html#how-do-forms-with-patch-put-or-delete-methods-work-questionmark
 */
export function readForms(ctx: Ctx): RequestHandler {
  return async (req: Request, res: Response, next: NextFunction) => {
    try {
      const query = parseQuery(queryOf(req)).root
      const body = await readBody(req)
      // The form wins: a query that hides a field of the form must not.
      const tree = Object.assign(query, body.params)
      rememberTree(req, tree)
      const meant = scalarAt(body.params, '_method')?.toUpperCase()
      if (req.method === 'POST' && meant !== undefined) {
        if (!['PUT', 'PATCH', 'DELETE'].includes(meant)) throw new BadRequestError('Unknown method')
        req.method = meant
      }
    } catch (error) {
      return showError(ctx, req, res, error)
    }
    next()
  }
}

function queryOf(req: Request): string {
  const start = req.originalUrl.indexOf('?')
  return start < 0 ? '' : req.originalUrl.slice(start + 1)
}

/** Writes a page whole. */
export async function show(call: PageCall, options: PageOptions): Promise<void> {
  const { ctx, req, res, nonce } = call
  const flash = options.notice ?? takeNotice(req)
  const markup = await layout(ctx, { ...options, notice: flash, nonce, signedIn: call.signedIn })
  res.setHeader('Content-Security-Policy', contentSecurityPolicy(ctx.config, nonce, options.policy))
  sendHtml(res, options.status ?? 200, markup)
}

export function sendHtml(res: Response, status: number, markup: string): void {
  const bytes = Buffer.from(markup)
  res.statusCode = status
  res.setHeader('Content-Type', 'text/html; charset=utf-8')
  res.setHeader('Content-Length', String(bytes.length))
  res.end(bytes)
}

/** Goes to a path of ours, with a word to say there. 303: whatever the form was, the next request is a GET. */
export function goTo(call: PageCall, path: string, notice?: string): void {
  if (notice !== undefined) call.req.session.notice = notice
  call.res.redirect(303, path)
}

function takeNotice(req: Request): string | undefined {
  const { notice } = req.session
  if (notice !== undefined) delete req.session.notice
  return notice
}

/** A path of this site, or the fallback: never another site, however it is spelt. */
export function ownPath(text: string | undefined, fallback = '/'): string {
  const isPath = text !== undefined && /^\/(?![/\\])[^\\\p{Cc}]*$/u.test(text)
  return isPath && !/^\/(%2f|%5c|\.)/i.test(text) ? text : fallback
}

declare module 'express-session' {
  interface SessionData {
    notice?: string
  }
}
