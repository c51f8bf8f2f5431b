import type { AccountRow, MediaAttachmentRow } from '@anancus/db'
import type { Ctx } from '../../kernel/context.ts'

export interface Upload {
  path: string
  filename: string
  contentType: string
  bytes: number
}
export declare function uploadMedia(
  ctx: Ctx,
  account: AccountRow,
  file: Upload,
  options?: { description?: string | undefined; focus?: string | undefined },
): Promise<MediaAttachmentRow>
/** What processMediaJob, fetchMediaJob and fetchProfileImagesJob run. */
export declare function processMedia(ctx: Ctx, payload: { mediaAttachmentId: string }): Promise<void>
export declare function fetchRemoteMedia(ctx: Ctx, payload: { mediaAttachmentId: string }): Promise<void>
export declare function fetchProfileImages(ctx: Ctx, payload: { accountId: string }): Promise<void>
/** Stores the picture and updates the row's columns. @throws ValidationError */
export declare function storeProfileImage(
  ctx: Ctx,
  account: AccountRow,
  kind: 'avatar' | 'header',
  file: Upload,
): Promise<AccountRow>
