import type { Origin } from '@anancus/db/queries/timelines'
import type { Ctx } from '../../kernel/context.ts'
import { UserRequiredError } from '../../kernel/errors.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { isPermitted } from '../../kernel/permissions.ts'
import { readSettings } from '../settings/index.ts'

/** `live`: the public timelines. `topic`: those of a hashtag or a link. */
export type FeedFamily = 'live' | 'topic'

type Access = 'public' | 'authenticated' | 'disabled'

export interface Wanted {
  local?: boolean | undefined
  remote?: boolean | undefined
}

/**
 * The part of a timeline that the viewer may read of what was asked for; null when that is nothing. What is switched
 * off is left out silently, save for those whose role may look at it.
 *
 * @throws UserRequiredError an anonymous visitor asks for what is not public
 */
export async function allowedOrigin(
  ctx: Ctx,
  viewer: Viewer | null,
  family: FeedFamily,
  wanted: Wanted,
): Promise<Origin | null> {
  const access = await feedAccess(ctx, family)
  const wantsBoth = Boolean(wanted.local) === Boolean(wanted.remote)
  const wantsLocal = wantsBoth || Boolean(wanted.local)
  const wantsRemote = wantsBoth || Boolean(wanted.remote)
  if (viewer === null) {
    const isClosed = (wantsLocal && access.local !== 'public') || (wantsRemote && access.remote !== 'public')
    if (isClosed) throw new UserRequiredError()
  }
  const local = wantsLocal && isOpenTo(viewer, access.local)
  const remote = wantsRemote && isOpenTo(viewer, access.remote)
  if (local && remote) return 'all'
  return local ? 'local' : remote ? 'remote' : null
}

/** Who may read the two halves of a timeline. */
export async function feedAccess(ctx: Ctx, family: FeedFamily): Promise<{ local: Access; remote: Access }> {
  const settings = await readSettings(ctx)
  return family === 'live'
    ? { local: settings.local_live_feed_access, remote: settings.remote_live_feed_access }
    : { local: settings.local_topic_feed_access, remote: settings.remote_topic_feed_access }
}

/** Whether a half of a timeline is open to somebody who is signed in. */
export function isOpenTo(viewer: Viewer | null, access: Access): boolean {
  if (access === 'public') return true
  if (viewer === null) return false
  return access === 'authenticated' || isPermitted(viewer.role, 'view_feeds')
}
