import type { Ctx } from '../../kernel/context.ts'
import { ACTIVITY_JSON } from '../vocabulary.ts'
import type { Signer } from './keys.ts'
import { signRequest } from './sign.ts'

export interface PostOptions {
  deadlineMs: number
  maxAnswerBytes: number
}

export interface PostOutcome {
  status: number
  /** The `Retry-After` header, when there is one. */
  retryAfter: string | undefined
}

/**
 * Posts a signed activity to an inbox. Redirects are not followed: the signature would be for another address.
 *
 * @throws RemoteServerError no answer came
 */
export async function postActivity(
  ctx: Ctx,
  signer: Signer,
  inbox: URL,
  body: string,
  options: PostOptions,
): Promise<PostOutcome> {
  const headers = { 'content-type': ACTIVITY_JSON }
  const response = await ctx.http.request({
    method: 'POST',
    url: inbox,
    headers,
    body,
    deadlineMs: options.deadlineMs,
    maxBytes: options.maxAnswerBytes,
    maxRedirects: 0,
    sign: (request) => signRequest(signer, request, headers, ctx.clock.now()),
  })
  return { status: response.status, retryAfter: response.headers['retry-after'] }
}
