import { noteTokenUse } from '@anancus/core/domain/oauth'
import { noteVisit } from '@anancus/core/domain/users'
import type { Ctx } from '@anancus/core/kernel/context'
import { BadRequestError } from '@anancus/core/kernel/errors'
import type { NextFunction, Request, RequestHandler, Response, Router } from 'express'
import { z } from 'zod'
import { addressOf } from './address.ts'
import { authorize, type Caller, callerOf, type Identity, identify, NOBODY, secretOf } from './auth.ts'
import { readBody, removeFiles } from './body.ts'
import { loadFormSession, requireCsrf } from './csrf.ts'
import { answerTo } from './errors.ts'
import { rememberTree } from './pagination.ts'
import { type ParamHash, parseQuery } from './param-tree.ts'
import { countMade, countRequest, rateHeaders, refuseExceeded, tighter } from './rate-limit.ts'
import type { Reply } from './reply.ts'
import { logOf } from './request-log.ts'
import { setApiHeaders, setCaching, writeError, writeReply } from './respond.ts'
import type { Call, Route, UploadedFile } from './route.ts'
import { sessionViewerOf } from './session.ts'

/**
 * Hangs a table of routes into Express. The same function serves every route: a route is data. A word in a path goes
 * before a parameter in the same place, whatever the order of the table.
 */
export function mount(router: Router, ctx: Ctx, routes: readonly Route[]): void {
  for (const route of [...routes].sort(bySpecificity)) {
    const handler = handlerOf(ctx, route)
    router[route.method](route.path, handler)
    if (route.method === 'put') router.patch(route.path, handler)
  }
}

/** Express takes the first path that fits: `/accounts/lookup` must come before `/accounts/:id`. */
function bySpecificity(a: Route, b: Route): number {
  const keys = [a, b].map((route) => route.path.replace(/:[^/]+/g, '\uffff'))
  return (keys[0] as string) < (keys[1] as string) ? -1 : keys[0] === keys[1] ? 0 : 1
}

function handlerOf(ctx: Ctx, route: Route): RequestHandler {
  return async (req: Request, res: Response, _next: NextFunction) => {
    const own = { ...ctx, log: logOf(req, ctx) }
    setApiHeaders(req, res)
    let files: Record<string, UploadedFile> = {}
    try {
      const run = await prepare(own, route, req, res)
      files = run.files
      const reply = await route.handle(run.call)
      await finish(own, route, run, reply, req, res)
      await noteUse(own, run.caller, req)
    } catch (error) {
      const { isOurs, status } = answerTo(error)
      if (isOurs) own.log.error({ error, route: route.path }, 'request failed')
      else if (status >= 500) own.log.warn({ error, route: route.path }, 'request could not be answered')
      writeError(res, error)
    } finally {
      await removeFiles(files)
    }
  }
}

interface Run {
  identity: Identity
  caller: Caller
  call: Call<unknown>
  files: Record<string, UploadedFile>
}

/** All that comes before the handler, in the reference's order: who, how often, lookup, scope, parameters. */
async function prepare(ctx: Ctx, route: Route, req: Request, res: Response): Promise<Run> {
  const query = parseQuery(queryOf(req)).root
  // A token in the header or query is looked at before a body is read, so that nobody fills the disk uninvited.
  let identity = await identityOf(ctx, route, req, query)
  const isUpload = /^multipart\//i.test(req.headers['content-type'] ?? '')
  if (isUpload) {
    await limit(ctx, route, req, res, identity, query)
    const caller = await admit(ctx, route, req, res, identity, query)
    const body = await readBody(req, route.uploads)
    return runOf(ctx, route, req, res, {
      identity,
      caller,
      tree: Object.assign(body.params, query),
      files: body.files,
    })
  }
  const body = await readBody(req)
  const tree = Object.assign(body.params, query)
  rememberTree(req, tree)
  if (route.auth.kind === 'session' && route.method !== 'get') {
    await loadFormSession(ctx, req, res)
    requireCsrf(ctx.config, req)
  }
  if (identity === NOBODY) identity = await identityOf(ctx, route, req, tree)
  await limit(ctx, route, req, res, identity, tree)
  const caller = await admit(ctx, route, req, res, identity, tree)
  return runOf(ctx, route, req, res, { identity, caller, tree, files: {} })
}

async function identityOf(ctx: Ctx, route: Route, req: Request, tree: ParamHash): Promise<Identity> {
  const { auth } = route
  const secret = auth.kind === 'session' ? undefined : secretOf(req, tree)
  if (secret !== undefined) return identify(ctx, secret)
  const takesSession =
    auth.kind === 'session' || auth.kind === 'optional' || (auth.kind === 'user' && auth.scopes.length === 0)
  const sessionViewer = takesSession ? await sessionViewerOf(ctx, req, auth.kind === 'session') : null
  return sessionViewer ? { known: null, sessionViewer } : NOBODY
}

async function limit(
  ctx: Ctx,
  route: Route,
  req: Request,
  res: Response,
  identity: Identity,
  tree: ParamHash,
) {
  const state = await countRequest(ctx, route, { address: req.ip ?? '', identity, tree })
  for (const [name, value] of Object.entries(rateHeaders(state))) res.setHeader(name, value)
  refuseExceeded(state)
  res.locals.rateState = state
}

async function admit(
  ctx: Ctx,
  route: Route,
  req: Request,
  res: Response,
  identity: Identity,
  tree: ParamHash,
): Promise<Caller> {
  if (route.lookUp) {
    const caller = callerOf(identity)
    const params = readParams(route, req, tree)
    await route.lookUp({ ctx, params: params as never, ...caller, files: {}, req, res })
  }
  return authorize(ctx, route, identity)
}

function runOf(
  ctx: Ctx,
  route: Route,
  req: Request,
  res: Response,
  parts: { identity: Identity; caller: Caller; tree: ParamHash; files: Record<string, UploadedFile> },
): Run {
  rememberTree(req, parts.tree)
  const params = readParams(route, req, parts.tree)
  const call = { ctx, params, ...parts.caller, files: parts.files, req, res }
  return { identity: parts.identity, caller: parts.caller, call, files: parts.files }
}

/** The path wins over query and body. */
function readParams(route: Route, req: Request, tree: ParamHash): unknown {
  const input = Object.assign(Object.create(null) as ParamHash, tree)
  for (const [name, value] of Object.entries(req.params)) {
    const text = Array.isArray(value) ? value.join('/') : value
    if (text?.includes('\0')) throw new BadRequestError('string contains null byte')
    input[name] = text
  }
  const result = route.params.safeParse(input)
  if (result.success) return result.data
  throw BadRequestError.missing(z.core.toDotPath(result.error.issues[0]?.path ?? []))
}

async function finish(
  ctx: Ctx,
  route: Route,
  run: Run,
  reply: Reply,
  req: Request,
  res: Response,
): Promise<void> {
  const isMade = reply.kind === 'json' && reply.status < 300 && !reply.isRepeat
  const made = isMade ? await countMade(ctx, route, run.identity) : null
  if (reply.kind === 'written') return
  if (made) {
    const state = tighter(res.locals.rateState ?? null, made)
    for (const [name, value] of Object.entries(rateHeaders(state))) res.setHeader(name, value)
  }
  const isPersonal = run.identity !== NOBODY
  if (route.cache && route.cache !== 'none' && reply.status === 200)
    setCaching(req, res, ctx.config.env.LIMITED_FEDERATION_MODE ? 'none' : route.cache, isPersonal)
  writeReply(res, reply)
}

/** Once a day, after the answer: when somebody was here, and by which token. */
async function noteUse(ctx: Ctx, { token, viewer }: Caller, req: Request): Promise<void> {
  if (token) await noteTokenUse(ctx, token, addressOf(req))
  if (viewer) await noteVisit(ctx, viewer)
}

function queryOf(req: Request): string {
  const start = req.originalUrl.indexOf('?')
  return start < 0 ? '' : req.originalUrl.slice(start + 1)
}
