import { resolveReport } from '@anancus/core/domain/moderation'
import { changeRoute } from './change-route.ts'

/** @see https://docs.joinmastodon.org/methods/admin/reports/#resolve */
export const resolve = changeRoute('resolve', 'Says that a report is dealt with.', resolveReport)
