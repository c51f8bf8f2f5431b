import type { Ctx } from '../../kernel/context.ts'
import type { Dialect } from './double-knock.ts'
import type { Signer } from './keys.ts'
import { type Signable, signRequest } from './sign.ts'
import { signRequestRfc9421 } from './sign-rfc9421.ts'

/** The signing of a request in a dialect, as the HTTP client asks for it at each hop. `headers` are covered if they can be. */
export function signAs(
  ctx: Pick<Ctx, 'clock'>,
  dialect: Dialect,
  signer: Signer,
  headers: Record<string, string>,
): (request: Signable) => Promise<Record<string, string>> {
  return (request) =>
    dialect === 'rfc9421'
      ? signRequestRfc9421(signer, request, ctx.clock.now())
      : signRequest(signer, request, headers, ctx.clock.now())
}
