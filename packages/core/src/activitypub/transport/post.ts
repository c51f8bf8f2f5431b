import type { Ctx } from '../../kernel/context.ts'
import { ACTIVITY_JSON } from '../vocabulary.ts'
import { knockTwice } from './double-knock.ts'
import type { Signer } from './keys.ts'
import { signAs } from './sign-as.ts'

export interface PostOptions {
  deadlineMs: number
  maxAnswerBytes: number
  /** Further headers, signed too where the dialect can. */
  headers?: Record<string, string>
}

export interface PostOutcome {
  status: number
  /** The `Retry-After` header, when there is one. */
  retryAfter: string | undefined
}

/**
 * Posts a signed activity to an inbox, a second time signed otherwise where the signature is refused. Redirects are not
 * followed: the signature would be for another address.
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
  const headers = { 'content-type': ACTIVITY_JSON, ...options.headers }
  const response = await knockTwice(ctx, inbox.host, (dialect) =>
    ctx.http.request({
      method: 'POST',
      url: inbox,
      headers,
      body,
      deadlineMs: options.deadlineMs,
      maxBytes: options.maxAnswerBytes,
      // The status is the answer, however much follows it.
      isCut: true,
      maxRedirects: 0,
      sign: signAs(ctx, dialect, signer, headers),
    }),
  )
  return { status: response.status, retryAfter: response.headers['retry-after'] }
}
