import type { AccountRow, StatusRow, UserRow } from '@anancus/db'
import type { StatusSource } from '../../entities/types/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Viewer } from '../../kernel/viewer.ts'

export interface StatusParams {
  status?: string | undefined
  mediaIds?: readonly string[] | undefined
  inReplyToId?: string | undefined
  sensitive?: boolean | undefined
  spoilerText?: string | undefined
  visibility?: string | undefined
  language?: string | undefined
  quoteApprovalPolicy?: string | undefined
  allowedMentions?: readonly string[] | undefined
}
export interface PublishOptions {
  idempotencyKey?: string | undefined
  applicationId?: string | null | undefined
  /** The author's user, for the defaults; looked up when absent. */
  user?: UserRow | undefined
  deadlineMs?: number | undefined
}
export declare function publishStatus(
  ctx: Ctx,
  account: AccountRow,
  params: StatusParams,
  options?: PublishOptions,
): Promise<StatusRow>
/** False when somebody else was faster. `keepMedia` leaves uploads to be attached again. Local or remote. */
export declare function removeStatus(
  ctx: Ctx,
  status: StatusRow,
  options?: { keepMedia?: boolean },
): Promise<boolean>
/** What distributeStatusJob runs. */
export declare function distributeStatus(
  ctx: Ctx,
  payload: { statusId: string; kind: 'create' | 'update' },
): Promise<void>
/** What removeStatusJob runs. */
export declare function distributeRemoval(ctx: Ctx, payload: { statusId: string }): Promise<void>
/** @throws NotFoundError missing or not visible: "Not Found" */
export declare function getStatus(ctx: Ctx, viewer: Viewer | null, id: string): Promise<StatusRow>
export declare function readSource(ctx: Ctx, viewer: Viewer | null, id: string): Promise<StatusSource>
