import { isId } from '@anancus/db'
import { isListOf, streamTiesOf } from '@anancus/db/queries/streaming'
import { type ViewerFilterRow, viewerFilters } from '@anancus/db/queries/graph/viewer'
import { filterJson } from '../../entities/render/filter-result.ts'
import type { FilterResult, Status } from '../../entities/types/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { plainText } from '../../kernel/text/plain-text.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { caughtWords } from '../../policies/filter.ts'

/** What a streaming session knows of its account, so that no event asks the database. */
export interface StreamSets {
  /** Blocked, in either direction counted for authors. */
  blocking: ReadonlySet<string>
  blockedBy: ReadonlySet<string>
  /** Until when; null is for good. */
  muting: ReadonlyMap<string, Date | null>
  domainBlocking: ReadonlySet<string>
  /** Empty: all. */
  languages: ReadonlySet<string>
  filters: readonly ViewerFilterRow[]
}

/** Loads the sets of a session anew. Two statements. */
export async function loadStreamSets(ctx: Ctx, viewer: Viewer): Promise<StreamSets> {
  const accountId = viewer.account.id
  const [ties, filters] = await Promise.all([
    streamTiesOf(ctx.db, accountId),
    viewerFilters(ctx.db, [accountId], ctx.clock.now()),
  ])
  const others = (kind: (typeof ties)[number]['kind']) =>
    new Set(ties.filter((tie) => tie.kind === kind).map((tie) => tie.other))
  return {
    blocking: others('blocking'),
    blockedBy: others('blocked_by'),
    muting: new Map(ties.filter((tie) => tie.kind === 'muting').map((tie) => [tie.other, tie.expires_at])),
    domainBlocking: others('domain_blocking'),
    languages: others('language'),
    filters,
  }
}

/** Whether a list belongs to the viewer; an id that cannot be one does not. */
export async function ownsList(ctx: Ctx, viewer: Viewer, listId: string): Promise<boolean> {
  return isId(listId) && isListOf(ctx.db, listId, viewer.account.id)
}

/**
 * Whether a public status may be shown to the owner of the sets: not by or naming somebody blocked or muted, not by
 * somebody who blocks them, nor from a server they hide, nor in a language they did not choose.
 *
 * @see https://docs.joinmastodon.org/methods/streaming/
 */
export function wantsStreamed(sets: StreamSets, status: Status, now: Date): boolean {
  if (sets.languages.size > 0 && !sets.languages.has(status.language ?? '')) return false
  const { account } = status
  if (sets.blockedBy.has(account.id)) return false
  const domain = account.acct.split('@')[1]
  if (domain !== undefined && sets.domainBlocking.has(domain)) return false
  return ![account.id, ...status.mentions.map((mention) => mention.id)].some(
    (id) => sets.blocking.has(id) || isMuted(sets, id, now),
  )
}

function isMuted(sets: StreamSets, accountId: string, now: Date): boolean {
  const until = sets.muting.get(accountId)
  return until === null || (until !== undefined && until > now)
}

/** The filters that catch a streamed status by one of their words. Whether to hide it is the client's to decide. */
export function filtersOfStreamed(sets: StreamSets, status: Status, now: Date): FilterResult[] {
  return sets.filters.flatMap((filter) => {
    if (filter.expires_at && filter.expires_at <= now) return []
    const found = caughtWords(filter, searchableText(status))
    if (found === null) return []
    return [{ filter: filterJson(filter), keyword_matches: [found], status_matches: null }]
  })
}

const texts = new WeakMap<Status, string>()

/** What keywords are looked for in; made once an event, however many listen. */
function searchableText(status: Status): string {
  let text = texts.get(status)
  if (text === undefined) {
    text = [
      status.spoiler_text,
      plainText(status.content ?? ''),
      ...(status.poll?.options ?? []).map((option) => option.title),
      ...status.media_attachments.flatMap((media) => media.description ?? []),
    ].join('\n\n')
    texts.set(status, text)
  }
  return text
}
