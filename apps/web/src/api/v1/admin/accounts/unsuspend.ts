import { unsuspendAccount } from '@anancus/core/domain/moderation'
import { changeRoute } from './change-route.ts'

/** @see https://docs.joinmastodon.org/methods/admin/accounts/#unsuspend */
export const unsuspend = changeRoute('unsuspend', 'Ends the suspension of an account.', unsuspendAccount)
