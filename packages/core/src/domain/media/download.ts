import type { Ctx } from '../../kernel/context.ts'
import { PermanentJobError, RemoteServerError } from '../../kernel/errors.ts'
import { domainRule } from '../federation/index.ts'
import { DOWNLOAD_DEADLINE_MS } from './limits.ts'

const RETRIED = new Set([408, 425, 429])

/**
 * Downloads a file from another server, within limits of size and time, unsigned.
 *
 * @throws PermanentJobError its server says no for good, or we take nothing from it
 * @throws RemoteServerError no answer, or one that may be better later
 */
export async function download(
  ctx: Ctx,
  url: string,
  maxBytes: number,
  deadlineMs = DOWNLOAD_DEADLINE_MS,
): Promise<Buffer> {
  const address = URL.parse(url)
  if (!address || !/^https?:$/.test(address.protocol)) throw new PermanentJobError(`not an address: ${url}`)
  if (await isMediaRejected(ctx, address.host)) throw new PermanentJobError(`no media from ${address.host}`)
  const response = await ctx.http.request({
    method: 'GET',
    url: address,
    maxBytes,
    deadlineMs,
  })
  if (response.status === 200) return response.body
  const reason = `${address.host} answered ${response.status}`
  if (response.status >= 400 && response.status < 500 && !RETRIED.has(response.status))
    throw new PermanentJobError(reason)
  throw new RemoteServerError(address.host, reason, { status: response.status, retryable: true })
}

/** Whether a moderator wants no files of a server. */
export async function isMediaRejected(ctx: Ctx, domain: string): Promise<boolean> {
  const rule = await domainRule(ctx, domain)
  return rule !== null && (rule.rejectMedia || rule.severity === 'suspend')
}
