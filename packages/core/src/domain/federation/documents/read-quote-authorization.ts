import { type AccountRow, isId } from '@anancus/db'
import { accountById } from '@anancus/db/queries/accounts'
import { quoteAuthorization } from '@anancus/db/queries/quotes'
import { statusById } from '@anancus/db/queries/statuses'
import { quoteAuthorizationJson } from '../../../activitypub/render/index.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { NotFoundError } from '../../../kernel/errors.ts'
import { type ActorAddress, findShownActor } from './local-actor.ts'
import { about, findShownStatus } from './read-status.ts'
import type { Served } from './served.ts'

/** How long others may believe it without asking: a revocation is to be seen soon. */
const AUTHORIZATION_SECONDS = 30

/**
 * The authorisation an account of ours gave to quote a status: there while it stands and both statuses are, for whoever
 * may see the quoted one.
 *
 * @throws NotFoundError
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/044f
 */
export async function readQuoteAuthorization(
  ctx: Ctx,
  address: ActorAddress,
  quoteId: string,
  asker: AccountRow | null,
): Promise<Served> {
  const author = await findShownActor(ctx, address)
  const quote = isId(quoteId) ? await quoteAuthorization(ctx.db, quoteId, author.id) : null
  if (!quote) throw new NotFoundError()
  const found = await findShownStatus(ctx, address, quote.quoted_status_id, asker)
  const quoting = await statusById(ctx.db, quote.status_id)
  const quoter = quoting && (await accountById(ctx.db, quoting.account_id))
  if (!quoter) throw new NotFoundError()
  const document = quoteAuthorizationJson(
    ctx.config,
    quoteId,
    { status: found.status, author },
    { status: quoting, author: quoter },
  )
  return about(found, document, AUTHORIZATION_SECONDS)
}
