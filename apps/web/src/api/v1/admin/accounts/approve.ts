import { approveAccount } from '@anancus/core/domain/moderation'
import { changeRoute } from './change-route.ts'

/** @see https://docs.joinmastodon.org/methods/admin/accounts/#approve */
export const approve = changeRoute('approve', 'Lets in somebody who waits.', approveAccount)
