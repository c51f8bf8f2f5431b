/** What roles may grant, as bits of `user_roles.permissions`; the numbers are Mastodon's. */
export const PERMISSIONS = {
  administrator: 1n << 0n,
  view_devops: 1n << 1n,
  view_audit_log: 1n << 2n,
  view_dashboard: 1n << 3n,
  manage_reports: 1n << 4n,
  manage_federation: 1n << 5n,
  manage_settings: 1n << 6n,
  manage_blocks: 1n << 7n,
  manage_taxonomies: 1n << 8n,
  manage_appeals: 1n << 9n,
  manage_users: 1n << 10n,
  manage_invites: 1n << 11n,
  manage_rules: 1n << 12n,
  manage_announcements: 1n << 13n,
  manage_custom_emojis: 1n << 14n,
  manage_webhooks: 1n << 15n,
  invite_users: 1n << 16n,
  manage_roles: 1n << 17n,
  manage_user_access: 1n << 18n,
  delete_user_data: 1n << 19n,
  view_feeds: 1n << 20n,
  invite_bypass_approval: 1n << 21n,
  manage_email_subscriptions: 1n << 22n,
} as const

export type Permission = keyof typeof PERMISSIONS

/** The bit mask of some permissions, as the decimal text a bigint column takes. */
export function permissionMask(...names: readonly Permission[]): string {
  return names.reduce((mask, name) => mask | PERMISSIONS[name], 0n).toString()
}
