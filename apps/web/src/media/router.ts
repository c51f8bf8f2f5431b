import { stat } from 'node:fs'
import { resolve, sep } from 'node:path'
import type { Ctx } from '@anancus/core/kernel/context'
import { NotFoundError } from '@anancus/core/kernel/errors'
import {
  contentTypeOf,
  createStore,
  HIDDEN_MODE,
  mainStore,
  storedFilesPath,
} from '@anancus/core/kernel/storage/index'
import express from 'express'
import { writeError } from '../http/respond.ts'
import { mediaProxy } from './proxy.ts'

const FOUR_WEEKS = 'public, max-age=2419200, immutable'

/** Uploaded files and the proxy of remote ones. */
export function mediaRouter(ctx: Ctx): express.Router {
  const router = express.Router()
  const elsewhere = redirectElsewhere(ctx)
  if (isOnDisk(ctx)) serveFiles(router, ctx, elsewhere)
  else router.get(`${storedFilesPath(ctx.config)}/*key`, (req, res) => elsewhere(keyOf(req), res))
  router.get('/media_proxy/:id{/:style}', mediaProxy(ctx))
  return router
}

/** Whether there may be files on local disk, in use or on their way to S3. */
function isOnDisk({ config }: Ctx): boolean {
  return mainStore(config) === 'local' || config.env.MEDIA_MOVING_FROM === 'local'
}

type Elsewhere = (key: string, res: express.Response) => void

/**
 * Where to look for what is not on local disk: in S3, if files are there or on their way from or to it. Addresses of local
 * files that other servers keep stay good when the files have moved.
 */
function redirectElsewhere({ config }: Ctx): Elsewhere {
  if (mainStore(config) === 'local' && config.env.MEDIA_MOVING_FROM === 'none')
    return (_key, res) => notFound(res)
  const store = createStore(config, 's3')
  const isSettled = config.env.MEDIA_MOVING_FROM === 'none'
  return (key, res) => {
    if (!isKey(key)) return notFound(res)
    res.setHeader('Cache-Control', isSettled ? 'public, max-age=3600' : 'private, no-store')
    res.setHeader('Cross-Origin-Resource-Policy', 'cross-origin')
    res.setHeader('Access-Control-Allow-Origin', '*')
    res.redirect(302, store.url(key))
  }
}

/** No step upwards, nothing hidden. */
function isKey(key: string): boolean {
  return key.split('/').every((part) => part !== '' && !part.startsWith('.') && !/[\\\0]/.test(part))
}

function keyOf(req: express.Request): string {
  return (req.params as unknown as { key: string[] }).key.join('/')
}

/**
 * Serves the files on local disk. Whatever they hold, a browser runs none of it: a type from a fixed list, no guessing,
 * and a policy that allows nothing.
 */
function serveFiles(router: express.Router, ctx: Ctx, elsewhere: Elsewhere): void {
  const { PAPERCLIP_ROOT_URL: rootUrl, PAPERCLIP_ROOT_PATH: rootPath } = ctx.config.env
  if (!rootUrl.startsWith('/') && ctx.config.env.MEDIA_MOVING_FROM === 'none') return
  const root = resolve(rootPath)
  router.get(`${storedFilesPath(ctx.config)}/*key`, (req, res) => {
    const path = keyOf(req)
    const contentType = contentTypeOf(path)
    const headers = {
      'Content-Type': contentType,
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "default-src 'none'; form-action 'none'",
      'Cross-Origin-Resource-Policy': 'cross-origin',
      'Access-Control-Allow-Origin': '*',
      'Cache-Control': FOUR_WEEKS,
      // A name is random and means one content for ever.
      ETag: `"${encodeURIComponent(path)}"`,
      ...(contentType === 'application/octet-stream' ? { 'Content-Disposition': 'attachment' } : {}),
    }
    const options = {
      root,
      headers,
      dotfiles: 'ignore',
      cacheControl: false,
      redirect: false,
    } as const
    ifShown(root, path, (isShown) => {
      if (!isShown) return notFound(res)
      res.sendFile(path, options, (error) => {
        // A reader who left has nothing to be told.
        if (error && !res.headersSent) elsewhere(path, clean(res))
      })
    })
  })
}

/** What belongs to a suspended account is not shown. What is wrong with a path is for whoever opens the file to say. */
function ifShown(root: string, path: string, answer: (isShown: boolean) => void): void {
  const file = resolve(root, path)
  if (path.includes('\0') || !file.startsWith(root + sep)) return answer(true)
  stat(file, (problem, found) => answer(Boolean(problem) || (found.mode & 0o777) !== HIDDEN_MODE))
}

/** Without what was said of a file that is not there after all. */
function clean(res: express.Response): express.Response {
  for (const name of ['Content-Type', 'Content-Disposition', 'ETag']) res.removeHeader(name)
  return res
}

function notFound(res: express.Response): void {
  clean(res).setHeader('Cache-Control', 'private, no-store')
  writeError(res, new NotFoundError('Not Found'))
}
