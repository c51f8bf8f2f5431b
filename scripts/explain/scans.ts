/**
 * Statements that may read a large table from beginning to end, and why. Anything else that does is an offender:
 * `pnpm explain` names it and fails.
 */
export const MAY_SCAN: Readonly<Record<string, string>> = {
  'account_upkeep.duplicates': 'tootctl accounts fix-duplicates looks at every account',
  'account_upkeep.remote_ids':
    'tootctl accounts refresh --all and cull ask for every account of other servers',
  'moderation.known_inboxes': 'the end of an account is told to every server we know',
  'cached_files.media_count': 'tootctl media remove says first how many files it looks at',
  'cached_files.profiles_count': 'tootctl media remove --prune-profiles says first how many it looks at',
  'cached_files.refreshed_count': 'tootctl media refresh says first how many it looks at',
  'stored_files.use': 'tootctl media usage weighs every file',
  search_import_next_statuses: 'tootctl search deploy reads all posts once, a batch at a time',
  search_import_next_public_statuses: 'tootctl search deploy reads all posts once, a batch at a time',
  'metrics.sizes': 'bytes of all files, for the dashboard of moderators: kept for five minutes',
}
