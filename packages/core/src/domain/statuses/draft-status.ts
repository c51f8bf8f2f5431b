import {
  type AccountRow,
  isId,
  type MediaAttachmentRow,
  type StatusRow,
  stored,
  type UserRow,
  VISIBILITIES,
} from '@anancus/db'
import type { PollContent } from '@anancus/db/queries/polls'
import { userByAccountId } from '@anancus/db/queries/users'
import { type ShownSettings, shownSettings } from '../../graph/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { ForbiddenError, NotFoundError, ValidationError } from '../../kernel/errors.ts'
import { isLanguageCode } from '../../kernel/i18n/languages.ts'
import { extractHashtags } from '../../kernel/text/extract.ts'
import { automaticPolicy } from '../../policies/audiences.ts'
import { canReply } from '../../policies/status.ts'
import { UnexpectedMentionsError } from './errors.ts'
import { findMentions } from './find-mentions.ts'
import { findQuotable } from './find-quotable.ts'
import { draftPoll, type PollParams } from './poll-draft.ts'
import { factsOf, findVisibleStatus, permissionTo } from './reads.ts'
import { mediaForStatus } from './status-media.ts'
import { refuseProblems, type StatusText, statusText, textProblems } from './status-text.ts'

/** What a client sends. Absent is absent: nothing here has a default of its own. */
export interface StatusParams {
  status?: string | undefined
  mediaIds?: readonly string[] | undefined
  poll?: PollParams | undefined
  inReplyToId?: string | undefined
  sensitive?: boolean | undefined
  spoilerText?: string | undefined
  visibility?: string | undefined
  language?: string | undefined
  quotedStatusId?: string | undefined
  quoteApprovalPolicy?: string | undefined
  /** The only accounts that may be addressed; undefined allows all. */
  allowedMentions?: readonly string[] | undefined
}

/** A status that only needs to be written down. */
export interface StatusDraft extends StatusText {
  visibility: number
  language: string
  quoteApprovalPolicy: number
  applicationId: string | null
  /** The status replied to, never a reblog. */
  thread: StatusRow | null
  /** The author of `thread` has to approve it before others may read it. */
  mustBeApproved: boolean
  /** The status quoted, never a reblog. */
  quoted: StatusRow | null
  media: MediaAttachmentRow[]
  poll: PollContent | null
  mentions: AccountRow[]
  tagNames: string[]
}

export interface DraftOptions {
  /** The author's user, for the defaults; looked up when absent. */
  user?: UserRow | undefined
  applicationId?: string | null | undefined
  /** Uploads that are kept for this very status. */
  attached?: readonly MediaAttachmentRow[] | undefined
  /** Longest wait for looking up unknown handles, in milliseconds. */
  deadlineMs?: number | undefined
}

/**
 * Applies an author's defaults and checks everything that can be checked before writing. May wait for other servers.
 *
 * @throws NotFoundError the status replied to or quoted is not visible to the author
 * @throws ForbiddenError the author of the status replied to lets the author not answer
 * @throws ValidationError as `publishStatus`
 */
export async function draftStatus(
  ctx: Ctx,
  account: AccountRow,
  params: StatusParams,
  options: DraftOptions,
): Promise<StatusDraft> {
  const thread = await findThread(ctx, account, params.inReplyToId)
  const quoted = await findQuoted(ctx, account, params.quotedStatusId)
  const user = options.user ?? (await userByAccountId(ctx.db, account.id))
  const defaults = shownSettings(user?.settings ?? null)
  const text = statusText(params, defaults.defaultSensitive, { hasQuote: quoted !== null })
  const media = await mediaForStatus(ctx, account.id, params.mediaIds ?? [], options.attached)
  const visibility = noWiderThan(quoted, visibilityFor(account, params.visibility, defaults))
  const problems = textProblems(text, { mayBeBlank: media.length > 0 || quoted !== null })
  if (visibility === null) problems.push('Visibility is not included in the list')
  const poll = params.poll ? draftPoll(params.poll, ctx.clock.now()) : null
  problems.push(...(poll?.problems ?? []))
  refuseProblems(problems)
  const mentions = await findMentions(ctx, account, text.text, { deadlineMs: options.deadlineMs })
  refuseUnexpected(mentions.accounts, params.allowedMentions)
  if (visibility === DIRECT) refuseStranger(account, quoted, mentions.accounts)
  return {
    ...text,
    text: mentions.text,
    visibility: visibility ?? 0,
    language: languageFor(ctx, params.language, defaults.defaultLanguage, user?.locale),
    quoteApprovalPolicy: quotePolicyFor(visibility ?? 0, params.quoteApprovalPolicy, defaults),
    applicationId: options.applicationId ?? null,
    thread: thread?.status ?? null,
    mustBeApproved: thread?.mustBeApproved ?? false,
    quoted,
    media,
    poll: poll?.poll ?? null,
    mentions: mentions.accounts,
    tagNames: extractHashtags(mentions.text),
  }
}

async function findThread(
  ctx: Ctx,
  account: AccountRow,
  id: string | undefined,
): Promise<{ status: StatusRow; mustBeApproved: boolean } | null> {
  if (id === undefined || id === '') return null
  const found = isId(id) ? await findVisibleStatus(ctx, account.id, id) : null
  if (!found || !canReply(account.id, factsOf(found.proper)))
    throw new NotFoundError('The post you are trying to reply to does not appear to exist.')
  const permission = permissionTo('reply', found.proper, account.id)
  if (permission === 'denied') throw new ForbiddenError()
  return { status: found.proper, mustBeApproved: permission === 'asked' }
}

async function findQuoted(ctx: Ctx, account: AccountRow, id: string | undefined): Promise<StatusRow | null> {
  if (id === undefined || id === '') return null
  const quoted = await findQuotable(ctx, account.id, id)
  if (!quoted) throw new NotFoundError('The post you are trying to quote does not appear to exist.')
  return quoted
}

/** A private letter quotes only those it is written to: others would read of it without being asked. */
function refuseStranger(
  account: AccountRow,
  quoted: StatusRow | null,
  mentions: readonly AccountRow[],
): void {
  if (quoted === null || quoted.account_id === account.id) return
  if (!mentions.some(({ id }) => id === quoted.account_id))
    throw ValidationError.failed('Cannot quote a non-mentioned user in a Private Mention post.')
}

const CHOICES = ['public', 'unlisted', 'private', 'direct'] as const
const PUBLIC = stored(VISIBILITIES, 'public')
const UNLISTED = stored(VISIBILITIES, 'unlisted')
const PRIVATE = stored(VISIBILITIES, 'private')
const DIRECT = stored(VISIBILITIES, 'direct')

/** What is for followers is quoted for followers. */
function noWiderThan(quoted: StatusRow | null, visibility: number | null): number | null {
  return quoted?.visibility === PRIVATE && visibility !== null && visibility <= UNLISTED
    ? PRIVATE
    : visibility
}

/** The stored visibility, null when the word is none. A limited account does not reach public timelines. */
function visibilityFor(
  account: AccountRow,
  wanted: string | undefined,
  defaults: ShownSettings,
): number | null {
  const fallback = defaults.defaultPrivacy ?? (account.locked ? 'private' : 'public')
  const name = CHOICES.find((choice) => choice === (wanted || fallback))
  if (!name) return null
  const visibility = stored(VISIBILITIES, name)
  return visibility === PUBLIC && account.silenced_at !== null ? UNLISTED : visibility
}

/** The first of the wishes that is a language; a local status always has one. */
export function languageFor(ctx: Ctx, ...wishes: (string | null | undefined)[]): string {
  return wishes.find((wish) => wish && isLanguageCode(wish)) ?? ctx.config.env.DEFAULT_LOCALE
}

/** The stored policy of who may quote; nobody quotes what is not public. @throws ValidationError "Record invalid" */
export function quotePolicyFor(
  visibility: number,
  wanted: string | undefined,
  defaults: Pick<ShownSettings, 'defaultQuotePolicy'>,
): number {
  const policy = wanted || defaults.defaultQuotePolicy
  if (!isQuotePolicy(policy)) throw new ValidationError('Record invalid')
  return visibility > UNLISTED ? 0 : QUOTE_POLICIES[policy]
}

const QUOTE_POLICIES = {
  public: automaticPolicy('public'),
  followers: automaticPolicy('followers'),
  nobody: automaticPolicy(),
} as const

function isQuotePolicy(policy: string): policy is keyof typeof QUOTE_POLICIES {
  return Object.hasOwn(QUOTE_POLICIES, policy)
}

function refuseUnexpected(mentions: readonly AccountRow[], allowed: readonly string[] | undefined): void {
  if (allowed === undefined) return
  const unexpected = mentions.filter((account) => !allowed.includes(account.id))
  if (unexpected.length > 0) throw new UnexpectedMentionsError(unexpected.map((account) => account.id))
}
