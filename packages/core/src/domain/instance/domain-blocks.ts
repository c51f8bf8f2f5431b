import { createHash } from 'node:crypto'
import { visibleDomainBlocks } from '@anancus/db/queries/instance'
import type { Ctx } from '../../kernel/context.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { readSettings } from '../settings/index.ts'

export interface ShownDomainBlock {
  domain: string
  digest: string
  severity: 'silence' | 'suspend'
  comment: string | null
}

/** The servers we limit or suspend, as far as the administrators tell; null when they do not tell this asker. */
export async function readDomainBlocks(
  ctx: Ctx,
  viewer: Viewer | null,
): Promise<{ blocks: ShownDomainBlock[]; isForEverybody: boolean } | null> {
  const settings = await readSettings(ctx)
  const isShown = (audience: 'disabled' | 'users' | 'all') =>
    audience === 'all' || (audience === 'users' && viewer !== null)
  if (!isShown(settings.show_domain_blocks)) return null
  const withReason = isShown(settings.show_domain_blocks_rationale)
  const blocks = (await visibleDomainBlocks(ctx.db)).map((block) => ({
    domain: block.obfuscate ? starred(block.domain) : block.domain,
    digest: createHash('sha256').update(block.domain).digest('hex'),
    severity: block.severity === 1 ? ('suspend' as const) : ('silence' as const),
    comment: withReason ? block.public_comment : null,
  }))
  // With reasons that only users are told, an answer to one of them is nobody else's.
  const isForEverybody =
    settings.show_domain_blocks === 'all' && settings.show_domain_blocks_rationale !== 'users'
  return { blocks, isForEverybody }
}

/** The middle of a name as stars, its dots kept: enough to recognise for those who know it. */
export function starred(domain: string): string {
  const shown = Math.floor(domain.length / 4)
  return Array.from(domain)
    .map((character, index) =>
      index > shown && index < domain.length - shown && character !== '.' ? '*' : character,
    )
    .join('')
}
