import { addressGate } from '@anancus/core/domain/moderation'
import type { Ctx } from '@anancus/core/kernel/context'
import type { RequestHandler } from 'express'
import { addressOf } from './address.ts'

/** Never refused, so that whoever runs the machine cannot be locked out of it. */
const OWN = new Set(['127.0.0.1', '::1'])

/**
 * Refuses whoever comes from a range without access, before anything is read: 403. Without a statement or a Redis call.
 */
export function refuseAddresses(ctx: Ctx): RequestHandler {
  const gate = addressGate(ctx)
  return async (req, res, next) => {
    const ip = addressOf(req)
    if (ip === null || OWN.has(ip) || !(await gate.isRefused(ip))) {
      next()
      return
    }
    res.status(403).type('text/plain').set('Cache-Control', 'private, no-store').send('Forbidden\n')
  }
}
