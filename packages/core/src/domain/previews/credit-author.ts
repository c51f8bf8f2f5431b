import { accountById } from '@anancus/db/queries/accounts'
import { creditAuthor as creditRows, uncreditedCards } from '@anancus/db/queries/preview-cards'
import type { Ctx } from '../../kernel/context.ts'
import { mayBeCredited } from './author-of.ts'

const BATCH = 500

/** Credits an account for every page that names it and whose host it allows to by now. Runs after a change of profile. */
export async function creditAuthor(ctx: Ctx, payload: { accountId: string }): Promise<void> {
  const account = await accountById(ctx.db, payload.accountId)
  if (!account || account.suspended_at !== null) return
  for (let after = '0'; ; ) {
    const cards = await uncreditedCards(ctx.db, account.id, after, BATCH)
    const allowed = cards.filter((card) => mayBeCredited(account, card.url)).map((card) => card.id)
    await creditRows(ctx.db, allowed, account.id)
    const last = cards.at(-1)
    if (!last || cards.length < BATCH) return
    after = last.id
  }
}
