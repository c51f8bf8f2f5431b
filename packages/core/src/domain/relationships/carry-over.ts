import type { AccountRow } from '@anancus/db'
import { accountsByIds } from '@anancus/db/queries/accounts'
import {
  blocksToCarry,
  type CarriedTie,
  copyNotesAbout,
  insertNoteIfNone,
  mutesToCarry,
} from '@anancus/db/queries/moves'
import type { Ctx } from '../../kernel/context.ts'
import { fullAcct } from '../../kernel/uris.ts'
import { blockAccount } from './block-account.ts'
import { MAX_CARRIED_NOTE_CHARACTERS, MOVED_PER_RUN } from './limits.ts'
import { muteAccount } from './mute-account.ts'

/**
 * Carries what our people noted about an account, their blocks and their mutes over to the account it moved to. Who
 * follows, blocks or mutes the new one already has decided; a note says where a carried block or mute comes from.
 */
export async function carryOver(ctx: Ctx, source: AccountRow, target: AccountRow): Promise<void> {
  const acct = fullAcct(ctx.config, source)
  const heading = `Moved here from ${acct}. Your note there:`
  await copyNotesAbout(ctx.db, source.id, target.id, heading, MAX_CARRIED_NOTE_CHARACTERS)
  const pages = (read: typeof blocksToCarry) => tiesIn(ctx, read, source, target)
  for await (const { account } of pages(blocksToCarry)) {
    await blockAccount(ctx, account, target)
    await insertNoteIfNone(ctx.db, account.id, target.id, `Moved here from ${acct}, whom you blocked.`)
  }
  for await (const { account, tie } of pages(mutesToCarry)) {
    await muteAccount(ctx, account, target, {
      notifications: tie.hide_notifications,
      durationSeconds: secondsLeft(ctx, tie),
    })
    await insertNoteIfNone(ctx.db, account.id, target.id, `Moved here from ${acct}, whom you muted.`)
  }
}

async function* tiesIn(
  ctx: Ctx,
  read: typeof blocksToCarry,
  source: AccountRow,
  target: AccountRow,
): AsyncGenerator<{ account: AccountRow; tie: CarriedTie }> {
  for (let afterId = '0'; ; ) {
    const ties = await read(ctx.db, source.id, target.id, afterId, MOVED_PER_RUN)
    const accounts = await accountsByIds(
      ctx.db,
      ties.map((tie) => tie.account_id),
    )
    for (const tie of ties) {
      const account = accounts.get(tie.account_id)
      if (account) yield { account, tie }
      afterId = tie.id
    }
    if (ties.length < MOVED_PER_RUN) return
  }
}

function secondsLeft(ctx: Ctx, tie: CarriedTie): number {
  if (tie.expires_at === null) return 0
  return Math.max(1, Math.ceil((tie.expires_at.getTime() - ctx.clock.now().getTime()) / 1000))
}
