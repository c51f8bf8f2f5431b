import { readOwner } from '@anancus/core/domain/instance'
import { getSetting, type InstanceSettings } from '@anancus/core/domain/settings'
import type { Ctx } from '@anancus/core/kernel/context'
import type { PageCall } from '../page.ts'
import { leadToReason, setSharing } from './serve.ts'

/** Where a visitor begins. Trends and the overview of a front page are not there yet: what is written here is. */
const LANDINGS: Record<InstanceSettings['landing_page'], string> = {
  trends: '/explore',
  local_feed: '/public/local',
  overview: '/public/local',
  about: '/about',
}

/** The front page: the own timeline for somebody signed in, for a visitor what the administrators chose. */
export async function frontPage(call: PageCall): Promise<void> {
  if (leadToReason(call)) return
  if (call.signedIn) return call.res.redirect(302, '/home')
  setSharing(call)
  call.res.redirect(302, await landingOf(call.ctx))
}

/** The server of one person begins with that person. */
async function landingOf(ctx: Ctx): Promise<string> {
  const owner = await readOwner(ctx)
  return owner === null ? LANDINGS[await getSetting(ctx, 'landing_page')] : `/@${owner}`
}
