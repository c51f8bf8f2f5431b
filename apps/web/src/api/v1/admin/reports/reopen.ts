import { reopenReport } from '@anancus/core/domain/moderation'
import { changeRoute } from './change-route.ts'

/** @see https://docs.joinmastodon.org/methods/admin/reports/#reopen */
export const reopen = changeRoute('reopen', 'Takes a report up again.', reopenReport)
