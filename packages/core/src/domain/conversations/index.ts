import type { AccountRow, StatusRow } from '@anancus/db'
import type { Ctx } from '../../kernel/context.ts'

/** Puts a direct status into the conversations of its author and of those it mentions, where they are ours. */
export declare function updateConversations(ctx: Ctx, status: StatusRow): Promise<void>
export declare function muteConversation(ctx: Ctx, account: AccountRow, status: StatusRow): Promise<void>
export declare function unmuteConversation(ctx: Ctx, account: AccountRow, status: StatusRow): Promise<void>
