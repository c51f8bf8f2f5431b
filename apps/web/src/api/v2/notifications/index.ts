import type { Route } from '../../../http/route.ts'
import { groupedNotifications, showNotificationGroup } from '../notifications.ts'
import { groupAccounts } from './accounts.ts'
import { clear } from './clear.ts'
import { dismissGroup } from './dismiss.ts'
import { policy, updatePolicy } from './policy.ts'
import { unreadGroupCount } from './unread_count.ts'

/** `/api/v2/notifications` and all below it. */
export const groupedNotificationRoutes: readonly Route[] = [
  groupedNotifications,
  showNotificationGroup,
  groupAccounts,
  clear,
  dismissGroup,
  policy,
  updatePolicy,
  unreadGroupCount,
]
