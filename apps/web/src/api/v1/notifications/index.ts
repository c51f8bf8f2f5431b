import type { Route } from '../../../http/route.ts'
import { notifications, showNotification } from '../notifications.ts'
import { clear } from './clear.ts'
import { dismiss } from './dismiss.ts'
import { policy, updatePolicy } from './policy.ts'
import { requests, showRequest } from './requests.ts'
import { acceptRequest, acceptRequests } from './requests/accept.ts'
import { dismissRequest, dismissRequests } from './requests/dismiss.ts'
import { merged } from './requests/merged.ts'
import { unreadCount } from './unread_count.ts'

/** `/api/v1/notifications` and all below it. */
export const notificationRoutes: readonly Route[] = [
  notifications,
  showNotification,
  clear,
  dismiss,
  policy,
  updatePolicy,
  requests,
  showRequest,
  acceptRequest,
  acceptRequests,
  dismissRequest,
  dismissRequests,
  merged,
  unreadCount,
]
