import { type DirectoryQuery, directoryPage } from '@anancus/db/queries/directory'
import type { Ctx } from '../../kernel/context.ts'
import { NotFoundError } from '../../kernel/errors.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { getSetting } from '../settings/index.ts'

/**
 * A page of the profile directory: accounts that want to be found, without those the viewer keeps out of sight.
 *
 * @returns ids
 * @throws NotFoundError this server has no directory
 * @see https://docs.joinmastodon.org/methods/directory/#get
 */
export async function readDirectory(
  ctx: Ctx,
  viewer: Viewer | null,
  query: Omit<DirectoryQuery, 'viewerId'>,
): Promise<string[]> {
  if (!(await getSetting(ctx, 'profile_directory'))) throw new NotFoundError('Not Found')
  return directoryPage(ctx.db, { ...query, viewerId: viewer?.account.id ?? null })
}
