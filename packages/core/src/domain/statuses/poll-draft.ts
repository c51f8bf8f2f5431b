import type { PollContent } from '@anancus/db/queries/polls'
import { countGraphemes } from '../../kernel/text/count.ts'
import { POLL_LIMITS } from './limits.ts'

/** What a client sends of a poll. */
export interface PollParams {
  options?: readonly string[] | undefined
  /** Seconds, as it came. */
  expiresIn?: string | undefined
  multiple?: boolean | undefined
  hideTotals?: boolean | undefined
}

const MAX_OPTION_UNITS = 5_000

/** The poll that was meant, and what is wrong with it as parts of Mastodon's sentence; blank options are left out. */
export function draftPoll(params: PollParams, now: Date): { poll: PollContent; problems: string[] } {
  const options = (params.options ?? []).map((option) => option.trim()).filter((option) => option !== '')
  const seconds = params.expiresIn?.trim() ? Number.parseInt(params.expiresIn, 10) || 0 : null
  const poll = {
    options,
    multiple: params.multiple ?? false,
    hideTotals: params.hideTotals ?? false,
    expiresAt: endAfter(now, seconds ?? 0),
  }
  return { poll, problems: [...optionProblems(options), ...deadlineProblems(seconds)] }
}

function optionProblems(options: readonly string[]): string[] {
  const { maxOptions, maxCharacters } = POLL_LIMITS
  const problems: string[] = []
  if (options.length < 2) problems.push('Choices must have more than one item')
  if (options.length > maxOptions) problems.push(`Choices can't contain more than ${maxOptions} items`)
  if (options.slice(0, maxOptions + 1).some(isTooLong))
    problems.push(`Choices cannot be longer than ${maxCharacters} characters each`)
  if (new Set(options).size < options.length) problems.push('Choices contain duplicate items')
  return problems
}

function isTooLong(option: string): boolean {
  const { maxCharacters } = POLL_LIMITS
  return option.length > MAX_OPTION_UNITS || countGraphemes(option, maxCharacters) > maxCharacters
}

function deadlineProblems(seconds: number | null): string[] {
  if (seconds === null) return ["Deadline can't be blank"]
  if (seconds > POLL_LIMITS.maxSeconds) return ['Deadline is too far into the future']
  return seconds < POLL_LIMITS.minSeconds ? ['Deadline is too soon'] : []
}

/** A time that the database can hold, also for what is refused. */
function endAfter(now: Date, seconds: number): Date {
  const allowed = Math.min(Math.max(seconds, 0), POLL_LIMITS.maxSeconds)
  return new Date(now.getTime() + allowed * 1000)
}
