import { type ActorAddress, findShownStatus } from '@anancus/core/domain/federation'
import type { InboxAddress } from '@anancus/core/domain/inbox'
import type { Ctx } from '@anancus/core/kernel/context'
import type { Request } from 'express'

/** What paths and queries of these doors name. */

const INSTANCE_ACTOR = '-99'

export function param(req: Request, name: string): string {
  const value = req.params[name]
  return (Array.isArray(value) ? value.join('/') : (value ?? '')).replace(/\.json$/, '')
}

export function addressOf(req: Request): ActorAddress {
  if (req.params.name !== undefined) return { name: param(req, 'name') }
  return { id: req.params.id === undefined ? INSTANCE_ACTOR : param(req, 'id') }
}

export function ownerOf(req: Request): InboxAddress {
  const address = addressOf(req)
  return 'name' in address ? { ownerName: address.name } : { ownerId: address.id }
}

export function statusOf(ctx: Ctx, req: Request, asker: Parameters<typeof findShownStatus>[3]) {
  return findShownStatus(ctx, addressOf(req), param(req, 'statusId'), asker)
}

function query(req: Request): URLSearchParams {
  const at = req.originalUrl.indexOf('?')
  return new URLSearchParams(at < 0 ? '' : req.originalUrl.slice(at + 1))
}

export function outboxQuery(req: Request) {
  const given = query(req)
  return {
    page: given.get('page') === 'true',
    maxId: given.get('max_id') ?? undefined,
    minId: given.get('min_id') ?? undefined,
  }
}

export function repliesQuery(req: Request) {
  const given = query(req)
  return {
    page: given.get('page') === 'true',
    onlyOtherAccounts: given.get('only_other_accounts') === 'true',
    minId: given.get('min_id') ?? undefined,
  }
}

export function pageQuery(req: Request, page: boolean) {
  return { page, minId: query(req).get('min_id') ?? undefined }
}

export function pageNumber(req: Request): number | undefined {
  const page = query(req).get('page')
  return page !== null && /^\d{1,7}$/.test(page) ? Number(page) : undefined
}
