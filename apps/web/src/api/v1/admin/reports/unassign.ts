import { unassignReport } from '@anancus/core/domain/moderation'
import { changeRoute } from './change-route.ts'

/** @see https://docs.joinmastodon.org/methods/admin/reports/#unassign */
export const unassign = changeRoute('unassign', 'Gives a report up.', unassignReport)
