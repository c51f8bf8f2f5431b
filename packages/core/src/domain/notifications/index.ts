export * from './dismiss-notification.ts'
export {
  countUnreadGroups,
  dismissNotificationGroup,
  type GroupFilters,
  getNotificationGroup,
  listGroupAccounts,
  listNotificationGroups,
} from './groups.ts'
export { GROUPABLE_TYPES, isNotificationType, MAILED_TYPES, type MailedType } from './kinds.ts'
export { type NotifyPayload, notify } from './notify.ts'
export * from './policy.ts'
export {
  countUnread,
  getNotification,
  listNotifications,
  type NotificationFilters,
} from './reads.ts'
export * from './requests.ts'
