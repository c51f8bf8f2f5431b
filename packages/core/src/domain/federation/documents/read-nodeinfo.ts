import type { Document } from '../../../activitypub/vocabulary.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { SOURCE_URL, VERSION } from '../../../kernel/version.ts'
import { activeUsers, readCounts } from '../../instance/index.ts'
import { readSettings } from '../../settings/index.ts'

export const NODEINFO_VERSIONS = ['2.0', '2.1'] as const
export type NodeInfoVersion = (typeof NODEINFO_VERSIONS)[number]

const MONTH_DAYS = 28
const HALF_YEAR_DAYS = 168

/**
 * What this server tells of itself to other servers and to those who count them.
 *
 * @see https://nodeinfo.diaspora.software/schema.html
 */
export async function readNodeInfo(ctx: Ctx, version: NodeInfoVersion): Promise<Document> {
  const [counts, settings, activeMonth, activeHalfyear] = await Promise.all([
    readCounts(ctx),
    readSettings(ctx),
    activeUsers(ctx, MONTH_DAYS),
    activeUsers(ctx, HALF_YEAR_DAYS),
  ])
  return {
    version,
    software: {
      name: 'anancus',
      version: VERSION,
      ...(version === '2.1' ? { repository: SOURCE_URL } : {}),
    },
    protocols: ['activitypub'],
    services: { outbound: [], inbound: [] },
    usage: {
      users: { total: counts.users, activeMonth, activeHalfyear },
      localPosts: counts.statuses,
    },
    openRegistrations: settings.registrations_mode === 'open' && !ctx.config.env.SINGLE_USER_MODE,
    metadata: { nodeName: settings.site_title, nodeDescription: settings.site_short_description },
  }
}

const APPLICATION = 'https://www.w3.org/ns/activitystreams#Application'

/** Where the descriptions are, and the actor of the server. */
export function nodeInfoLinks(ctx: Ctx): Document {
  return {
    links: [
      ...NODEINFO_VERSIONS.map((version) => ({
        rel: `http://nodeinfo.diaspora.software/ns/schema/${version}`,
        href: `${ctx.config.baseUrl}/nodeinfo/${version}`,
      })),
      // FEP-2677: the actor of the server itself.
      { rel: APPLICATION, href: `${ctx.config.baseUrl}/actor` },
    ],
  }
}
