import {
  findLocalActor,
  findLocalCollection,
  findShownStatus,
  type ActorAddress,
} from '@anancus/core/domain/federation'
import type { Ctx } from '@anancus/core/kernel/context'
import { RequestError } from '@anancus/core/kernel/errors'
import { accountUrl, collectionUrl, statusUrl } from '@anancus/core/kernel/uris'
import type { Request, RequestHandler } from 'express'

/** Which page an address of a document leads a person to. What has none is left to the pages, which say so. */

export function redirectToAccount(ctx: Ctx): RequestHandler {
  return async (req, res, next) => {
    try {
      const account = await findLocalActor(ctx, addressOf(req))
      res.setHeader('Vary', 'Origin, Accept')
      res.redirect(301, accountUrl(ctx.config, account))
    } catch (error) {
      next(isNoPage(error) ? undefined : error)
    }
  }
}

export function redirectToStatus(ctx: Ctx): RequestHandler {
  return async (req, res, next) => {
    try {
      const { account, status } = await findShownStatus(
        ctx,
        addressOf(req),
        String(req.params.statusId),
        null,
      )
      res.setHeader('Vary', 'Origin, Accept')
      res.redirect(301, statusUrl(ctx.config, status, account) ?? accountUrl(ctx.config, account))
    } catch (error) {
      next(isNoPage(error) ? undefined : error)
    }
  }
}

export function redirectToCollection(ctx: Ctx): RequestHandler {
  return async (req, res, next) => {
    try {
      const collection = await findLocalCollection(ctx, String(req.params.collectionId))
      if (collection.account_id !== req.params.id) return next()
      res.setHeader('Vary', 'Origin, Accept')
      res.redirect(301, collectionUrl(ctx.config, collection) ?? '/')
    } catch (error) {
      next(isNoPage(error) ? undefined : error)
    }
  }
}

function addressOf(req: Request): ActorAddress {
  const { name, id } = req.params
  return name === undefined ? { id: String(id) } : { name: String(name) }
}

/** What is missing, gone or not for everybody. */
function isNoPage(error: unknown): boolean {
  return error instanceof RequestError
}
