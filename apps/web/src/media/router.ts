import { stat } from 'node:fs'
import { resolve, sep } from 'node:path'
import type { Ctx } from '@anancus/core/kernel/context'
import { NotFoundError } from '@anancus/core/kernel/errors'
import { contentTypeOf, HIDDEN_MODE } from '@anancus/core/kernel/storage/index'
import express from 'express'
import { writeError } from '../http/respond.ts'
import { mediaProxy } from './proxy.ts'

const FOUR_WEEKS = 'public, max-age=2419200, immutable'

/** Uploaded files and the proxy of remote ones. */
export function mediaRouter(ctx: Ctx): express.Router {
  const router = express.Router()
  if (!ctx.config.env.S3_ENABLED) serveFiles(router, ctx)
  router.get('/media_proxy/:id{/:style}', mediaProxy(ctx))
  return router
}

/**
 * Serves the files on local disk. Whatever they hold, a browser runs none of it: a type from a fixed list, no guessing,
 * and a policy that allows nothing.
 */
function serveFiles(router: express.Router, ctx: Ctx): void {
  const { PAPERCLIP_ROOT_URL: rootUrl, PAPERCLIP_ROOT_PATH: rootPath } = ctx.config.env
  if (!rootUrl.startsWith('/')) return
  const root = resolve(rootPath)
  router.get(`${rootUrl.replace(/(?<!\/)\/+$/, '')}/*key`, (req, res) => {
    const { key } = req.params as unknown as { key: string[] }
    const path = key.join('/')
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
        if (error && !res.headersSent) notFound(res)
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

function notFound(res: express.Response): void {
  for (const name of ['Content-Type', 'Content-Disposition', 'ETag']) res.removeHeader(name)
  res.setHeader('Cache-Control', 'private, no-store')
  writeError(res, new NotFoundError('Not Found'))
}
