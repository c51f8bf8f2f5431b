import type { PostCounts } from '@anancus/db/queries/annual-reports'
import type { AnnualReportData } from '../../entities/types/index.ts'
import { AVERAGE_POSTS } from './limits.ts'

/** What kind of poster the counts of a year make somebody. */
export function archetypeOf({
  polls,
  reblogs,
  replies,
  standalone,
}: Omit<PostCounts, 'all' | 'public'>): AnnualReportData['archetype'] {
  if (standalone + replies + reblogs < AVERAGE_POSTS) return 'lurker'
  if (reblogs > standalone * 2) return 'booster'
  if (polls > standalone * 0.1) return 'pollster'
  return replies > standalone * 2 ? 'replier' : 'oracle'
}
