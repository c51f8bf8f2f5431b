import type { Ctx } from '../../kernel/context.ts'
import { signedToken } from '../../kernel/signed-token.ts'
import { PUSH_TTL_SECONDS } from './limits.ts'

/** What the token of the address opens. */
export const UNSUBSCRIBE = 'push_unsubscribe'

/** An address where a push service can end a subscription; good for longer than the message lives. */
export function unsubscribeUrl({ config, clock }: Pick<Ctx, 'config' | 'clock'>, id: string): string {
  const expiresAt = new Date(clock.now().getTime() + 2 * PUSH_TTL_SECONDS * 1000)
  return `${config.baseUrl}/api/web/push_subscriptions/${signedToken(config, UNSUBSCRIBE, id, expiresAt)}`
}
