/** Names nobody can take, since people would trust them. Compared in the form of `normalizeUsername` in core. */
const EXACT = [
  'abuse',
  'account',
  'accounts',
  'admin',
  'administration',
  'administrator',
  'admins',
  'help',
  'helpdesk',
  'instance',
  'mod',
  'moderator',
  'moderators',
  'mods',
  'owner',
  'root',
  'security',
  'server',
  'staff',
  'support',
  'webmaster',
]
const CONTAINED = ['mastodon', 'mastadon']

const row = (exact: boolean) => (username: string) => ({ username, normalized_username: username, exact })

/** Rows of `username_blocks`: Mastodon's list. None of them has a digit, so each is its own normal form. */
export const RESERVED_NAMES = [...EXACT.map(row(true)), ...CONTAINED.map(row(false))]
