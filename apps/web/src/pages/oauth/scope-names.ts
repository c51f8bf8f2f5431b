const SUBJECTS: Record<string, string> = {
  accounts: 'accounts',
  blocks: 'blocks',
  bookmarks: 'bookmarks',
  collections: 'collections',
  conversations: 'conversations',
  favourites: 'favourites',
  filters: 'filters',
  follows: 'follows',
  lists: 'lists',
  media: 'uploads',
  mutes: 'mutes',
  notifications: 'notifications',
  reports: 'reports',
  search: 'search results',
  statuses: 'posts',
}
const WHOLE: Record<string, string> = {
  profile: 'See only your profile: name, handle and picture',
  read: 'Read everything your account can see',
  write: 'Change everything in your account: post, edit, delete',
  follow: 'Follow, block and mute in your name',
  push: 'Receive your push notifications',
  'admin:read': 'Read all data of this server',
  'admin:write': 'Change all data of this server',
}

/** A scope in words a person understands. */
export function describeScope(scope: string): string {
  const whole = WHOLE[scope]
  if (whole) return whole
  const parts = scope.split(':')
  const subject = SUBJECTS[parts.at(-1) ?? ''] ?? (parts.at(-1) ?? '').replaceAll('_', ' ')
  if (parts[0] === 'admin')
    return parts[1] === 'read' ? `See sensitive data of all ${subject}` : `Moderate ${subject}`
  return parts[0] === 'read' ? `See your ${subject}` : `Change your ${subject}`
}
