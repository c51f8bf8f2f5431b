import type { CachedKind } from '@anancus/db/queries/media-cache'
import { humanSize } from '../../kernel/text/human-size.ts'
import type { MediaCache } from './reads.ts'

/** What the kinds are called where people read of them. */
export const KIND_WORDS: Readonly<Record<CachedKind, string>> = {
  attachment: 'Attachments',
  avatar: 'Avatars',
  header: 'Headers',
  emoji: 'Custom emoji',
  card: 'Link previews',
}

/** Why a file is kept longer than others; by worth. */
export const WORTH_WORDS: readonly (string | null)[] = [
  null,
  'of an account that somebody here follows',
  'of a post that somebody here bookmarked, favourited, boosted, quoted or answered',
]

/** When the budget will be reached, in a sentence. */
export function forecastInWords({ budget, forecast: { bytesADay, days } }: MediaCache): string {
  const pace = `${humanSize(Math.round(Math.abs(bytesADay)))} a day`
  const growth = growthInWords(bytesADay, pace)
  if (budget === null) return `${growth} There is no budget: nothing is removed.`
  if (days === 0)
    return `The budget is reached: what comes, ${pace}, takes the place of what is least useful.`
  if (days === null) return `${growth} As things go, it stays within its budget.`
  return `${growth} As things go, it reaches its budget ${inDays(days)}.`
}

function growthInWords(bytesADay: number, pace: string): string {
  if (Math.round(bytesADay) === 0) return 'The cache does not grow.'
  return `The cache ${bytesADay > 0 ? 'grows' : 'shrinks'} by ${pace}.`
}

function inDays(days: number): string {
  if (days < 1) return 'within a day'
  return Math.round(days) === 1 ? 'in a day' : `in ${Math.round(days).toLocaleString('en')} days`
}
