/**
 * Statements that may read a large table from beginning to end, and why. Anything else that does is an offender:
 * `pnpm explain` names it and fails.
 */
export const MAY_SCAN: Readonly<Record<string, string>> = {
  'metrics.sizes': 'bytes of all files, for the dashboard of moderators: kept for five minutes',
}
