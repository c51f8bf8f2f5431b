/**
 * Statements that may read a large table from beginning to end, and why. Anything else that does is an offender:
 * `pnpm explain` names it and fails.
 */
export const MAY_SCAN: Readonly<Record<string, string>> = {
  'account_upkeep.duplicates': 'tootctl accounts fix-duplicates looks at every account',
  'account_upkeep.remote_ids':
    'tootctl accounts refresh --all and cull ask for every account of other servers',
  'moderation.known_inboxes': 'the end of an account is told to every server we know',
  'metrics.sizes': 'bytes of all files, for the dashboard of moderators: kept for five minutes',
}
