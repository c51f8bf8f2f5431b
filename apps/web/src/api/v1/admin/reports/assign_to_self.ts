import { assignReport } from '@anancus/core/domain/moderation'
import { changeRoute } from './change-route.ts'

/** @see https://docs.joinmastodon.org/methods/admin/reports/#assign_to_self */
export const assignToSelf = changeRoute('assign_to_self', 'Takes a report on.', assignReport)
