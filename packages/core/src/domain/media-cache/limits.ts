import type { CachedKind } from '@anancus/db/queries/media-cache'

const DAY_MS = 86_400_000

/**
 * For so long after its last use a file counts as just used, in milliseconds. Avatars and emojis are small, are shown with
 * every post, and come back only when their server mentions them; attachments come back when somebody looks.
 */
export const GRACE_MS: Readonly<Record<CachedKind, number>> = {
  card: 0,
  header: 0,
  attachment: 0,
  avatar: 30 * DAY_MS,
  emoji: 90 * DAY_MS,
}

/** What a file may be worth, in the order in which it goes. */
export const WORTHS = [0, 1, 2] as const

/** A use that was not known yet keeps a file when it is by so much younger than the one that was. */
export const NEWER_USE_MS = DAY_MS

/** Files that are judged and removed at once. */
export const BATCH = 500
/** Files that are read ahead of each kind. */
export const READ_AHEAD = 500
/** Files that one run looks at, at most; the next one goes on. */
export const MAX_FILES_A_RUN = 100_000
/** Noted changes that are added up at once. */
export const FOLD_BATCH = 10_000

/** What is worth keeping is judged again after so long, at most so many files a run. */
export const JUDGE_AGAIN_MS = 7 * DAY_MS
export const JUDGED_AGAIN = 500

export const RUN_LOCK_MS = 15 * 60_000
export const RUNS_KEPT_MS = 90 * DAY_MS

/** From what came within so long it is told when the budget will be reached. */
export const FORECAST_MS = 7 * DAY_MS

/** What an overview shows: files that would go next, and runs. */
export const SHOWN_NEXT = 20
/** Of each worth at most so many are looked at for that: until the first run nobody has judged them. */
export const LOOKED_AT = 500
export const SHOWN_RUNS = 10
