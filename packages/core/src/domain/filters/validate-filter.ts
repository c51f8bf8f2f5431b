import { FILTER_ACTIONS, type StoredFilterAction, stored } from '@anancus/db'
import type { FilterKeyword, FilterValues } from '@anancus/db/queries/filters'
import type { Ctx } from '../../kernel/context.ts'
import { ValidationError } from '../../kernel/errors.ts'
import {
  FILTER_CONTEXTS,
  LAST_EXPIRY,
  MAX_FILTER_TITLE_CHARACTERS,
  MAX_KEYWORD_CHARACTERS,
} from './limits.ts'

/** What a client says about a filter; what is undefined stays as it is. */
export interface FilterChange {
  title?: string | undefined
  context?: readonly string[] | undefined
  /** `warn`, `hide` or `blur`; anything else is refused. */
  action?: string | null | undefined
  /** Seconds from now; null for no end. */
  expiresIn?: number | null | undefined
}

const NEW: FilterValues = { phrase: '', context: [], action: 0, expires_at: null }

/** A filter after a change, not judged yet, with what is wrong about the words of the change. */
export function changedFilter(
  ctx: Ctx,
  change: FilterChange,
  before: FilterValues = NEW,
): { values: FilterValues; isActionKnown: boolean } {
  const action = change.action === undefined ? before.action : storedAction(change.action)
  const values = {
    phrase: change.title ?? before.phrase,
    context: change.context?.map((word) => word.trim()).filter((word) => word !== '') ?? before.context,
    action,
    expires_at: change.expiresIn === undefined ? before.expires_at : expiry(ctx, change.expiresIn),
  }
  return { values, isActionKnown: FILTER_ACTIONS[action] !== undefined }
}

function storedAction(action: string | null): number {
  return stored(FILTER_ACTIONS, action as StoredFilterAction)
}

function expiry(ctx: Ctx, seconds: number | null): Date | null {
  if (seconds === null) return null
  const at = ctx.clock.now().getTime() + seconds * 1000
  return new Date(Math.min(Math.max(at, 0), LAST_EXPIRY.getTime()))
}

/** What is wrong with a filter, in Mastodon's words and order. */
export function filterProblems(
  { values, isActionKnown }: ReturnType<typeof changedFilter>,
  keywords: readonly Pick<FilterKeyword, 'keyword'>[] = [],
): string[] {
  const problems = isActionKnown ? [] : ['Action is not included in the list']
  problems.push(...new Set(keywords.flatMap((each) => keywordProblems(each.keyword, 'Keywords keyword'))))
  if (values.phrase.trim() === '') problems.push("Title can't be blank")
  if (values.context.length === 0) problems.push("Context can't be blank")
  if ([...values.phrase].length > MAX_FILTER_TITLE_CHARACTERS)
    problems.push(`Title is too long (maximum is ${MAX_FILTER_TITLE_CHARACTERS} characters)`)
  const isUnknown = (word: string) => !FILTER_CONTEXTS.some((context) => context === word)
  if (values.context.length === 0 || values.context.some(isUnknown))
    problems.push('Context None or invalid context supplied')
  return problems
}

/** What is wrong with a keyword. */
export function keywordProblems(keyword: string, name = 'Keyword'): string[] {
  if (keyword.trim() === '') return [`${name} can't be blank`]
  if ([...keyword].length <= MAX_KEYWORD_CHARACTERS) return []
  return [`${name} is too long (maximum is ${MAX_KEYWORD_CHARACTERS} characters)`]
}

/** @throws ValidationError there are problems */
export function refuseProblems(problems: readonly string[]): void {
  if (problems.length > 0) throw ValidationError.failed(...problems)
}
