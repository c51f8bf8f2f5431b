import {
  type FilteredStatus,
  type FilterFacts,
  type FilterKeyword,
  filteredStatusOf,
  filterOf,
  filterOfKeyword,
  filtersOf,
} from '@anancus/db/queries/filters'
import type { Ctx } from '../../kernel/context.ts'
import { NotFoundError } from '../../kernel/errors.ts'
import type { Viewer } from '../../kernel/viewer.ts'

export type { FilterFacts, FilterKeyword }

/** Lists the viewer's filters, those that have run out too. One statement. */
export function listFilters(ctx: Ctx, viewer: Viewer): Promise<FilterFacts[]> {
  return filtersOf(ctx.db, viewer.account.id)
}

/** @throws NotFoundError missing or somebody else's */
export async function getFilter(ctx: Ctx, viewer: Viewer, id: string): Promise<FilterFacts> {
  const filter = await filterOf(ctx.db, viewer.account.id, id)
  if (!filter) throw new NotFoundError()
  return filter
}

/** A keyword with the filter it belongs to. @throws NotFoundError missing or somebody else's */
export async function getFilterKeyword(
  ctx: Ctx,
  viewer: Viewer,
  id: string,
): Promise<{ filter: FilterFacts; keyword: FilterKeyword }> {
  const filter = await filterOfKeyword(ctx.db, viewer.account.id, id)
  const keyword = filter?.keywords.find((each) => each.id === id)
  if (!filter || !keyword) throw new NotFoundError()
  return { filter, keyword }
}

/** @throws NotFoundError missing or somebody else's */
export async function getFilteredStatus(ctx: Ctx, viewer: Viewer, id: string): Promise<FilteredStatus> {
  const entry = await filteredStatusOf(ctx.db, viewer.account.id, id)
  if (!entry) throw new NotFoundError()
  return entry
}
