import { unlimitAccount } from '@anancus/core/domain/moderation'
import { changeRoute } from './change-route.ts'

/** @see https://docs.joinmastodon.org/methods/admin/accounts/#unsilence */
export const unsilence = changeRoute('unsilence', 'Ends the limits of an account.', unlimitAccount)
