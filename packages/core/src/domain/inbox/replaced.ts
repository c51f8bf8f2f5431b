import type { AccountRow } from '@anancus/db'
import { type ReplaceableKind, replaceActivityUri } from '@anancus/db/queries/replaced-activities'
import type { Ctx } from '../../kernel/context.ts'
import { rememberUndone } from './undone.ts'

/**
 * Somebody took something back and did it again, and the second time overtook the Undo of the first: what stands from now
 * on stands by the new activity, and the Undo of the old one, when it comes, ends nothing.
 *
 * @param otherId the status or account it is done to
 * @param uri the id of the activity; null says nothing
 */
export async function replaceOlder(
  ctx: Ctx,
  kind: ReplaceableKind,
  actor: AccountRow,
  otherId: string,
  uri: string | null,
): Promise<void> {
  const old = uri === null ? null : await replaceActivityUri(ctx.db, kind, actor.id, otherId, uri)
  if (old !== null) await rememberUndone(ctx, actor.id, old)
}
