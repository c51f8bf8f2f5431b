import { unfreezeUser } from '@anancus/core/domain/moderation'
import { changeRoute } from './change-route.ts'

/** @see https://docs.joinmastodon.org/methods/admin/accounts/#enable */
export const enable = changeRoute('enable', 'Lets a frozen user in again.', unfreezeUser)
