import type { Account, MediaAttachment, Status, Visibility } from '@anancus/core/entities/types'
import type { QuotePolicy } from '../../state/initial-state.ts'
import type { ComposeRequest } from '../../state/overlays.ts'

export interface DraftMedia {
  key: string
  /** Of the file it was. Not there for what was on the server before. */
  name?: string
  /** Null while it is on its way. */
  attachment: MediaAttachment | null
  /** 0 to 1. */
  progress: number
  description: string
  /** Where the eye should fall, when its writer said so here: −1…1 from the centre, y upwards. */
  focus?: { x: number; y: number }
  /** Why it did not arrive; it can be sent again. */
  failure?: string
  /** It was part of the post before the edit; its description travels with the post. */
  isAttached: boolean
}

export interface Draft {
  text: string
  warning: string
  isWarned: boolean
  visibility: Visibility
  /** Who may quote it; what is not public nobody may. Not there in drafts kept by an older page. */
  quotePolicy?: QuotePolicy
  language: string
  isSensitive: boolean
  media: DraftMedia[]
  /** The same for every attempt to send this draft, so that no attempt makes a second post. */
  idempotencyKey: string
}

/** What a draft begins with, besides what it is about. */
export interface DraftDefaults {
  myId: string | null
  visibility: Visibility
  quotePolicy: QuotePolicy
  isSensitive: boolean
  language: string
  newKey(): string
}

const STRICTNESS: readonly Visibility[] = ['public', 'unlisted', 'private', 'direct']

export function stricter(a: Visibility, b: Visibility): Visibility {
  return STRICTNESS.indexOf(a) > STRICTNESS.indexOf(b) ? a : b
}

/** The draft one starts with. `about` is the status of a reply or a quote. */
export function startDraft(request: ComposeRequest, defaults: DraftDefaults, about?: Status): Draft {
  const blank: Draft = {
    text: '',
    warning: '',
    isWarned: false,
    visibility: defaults.visibility,
    quotePolicy: defaults.quotePolicy,
    language: defaults.language,
    isSensitive: defaults.isSensitive,
    media: [],
    idempotencyKey: defaults.newKey(),
  }
  switch (request.kind) {
    case 'new':
      return { ...blank, text: request.text ?? '' }
    case 'reply':
      return about ? { ...blank, ...replyTo(about, defaults) } : blank
    case 'quote':
      // What is for followers is quoted for followers.
      return about?.visibility === 'private'
        ? { ...blank, visibility: stricter(defaults.visibility, 'private') }
        : blank
    case 'edit':
      return { ...blank, ...from(request.status, request.text, request.spoilerText, defaults, true) }
    case 'redraft':
      return {
        ...blank,
        ...from(request.status, request.status.text ?? '', request.status.spoiler_text, defaults, false),
      }
  }
}

function replyTo(status: Status, defaults: DraftDefaults): Partial<Draft> {
  return {
    text: mentionsFor(status, defaults.myId),
    warning: status.spoiler_text,
    isWarned: status.spoiler_text !== '',
    visibility: stricter(defaults.visibility, status.visibility),
  }
}

/** The author first, then everybody they talked to, but not oneself. */
export function mentionsFor(status: Status, myId: string | null): string {
  const people: Pick<Account, 'id' | 'acct'>[] = [status.account, ...status.mentions]
  const accts = people.filter((one) => one.id !== myId).map((one) => one.acct)
  return [...new Set(accts)].map((acct) => `@${acct} `).join('')
}

function from(
  status: Status,
  text: string,
  warning: string,
  defaults: DraftDefaults,
  isAttached: boolean,
): Partial<Draft> {
  return {
    text,
    warning,
    isWarned: warning !== '',
    visibility: status.visibility,
    quotePolicy: quotePolicyOf(status),
    language: status.language ?? defaults.language,
    isSensitive: status.sensitive,
    media: status.media_attachments.map((attachment) => ({
      key: attachment.id,
      attachment,
      progress: 1,
      description: attachment.description ?? '',
      isAttached,
    })),
  }
}

/** The choice behind who may quote a post. */
export function quotePolicyOf(status: Pick<Status, 'quote_approval'>): QuotePolicy {
  const { automatic } = status.quote_approval
  if (automatic.includes('public')) return 'public'
  return automatic.includes('followers') ? 'followers' : 'nobody'
}

/** Whether anybody but its author can quote what has this visibility. */
export function isQuotable(visibility: Visibility): boolean {
  return visibility === 'public' || visibility === 'unlisted'
}

/** The list with the one at `from` moved to the place `to`; the same list when there is no such place. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const all = [...list]
  if (from < 0 || to < 0 || from >= all.length || to >= all.length) return all
  return all.toSpliced(from, 1).toSpliced(to, 0, ...all.slice(from, from + 1))
}

/** Whether there is anything in it that its writer would miss. */
export function isWorthKeeping(draft: Draft, start: Draft): boolean {
  const { text, warning, media } = draft
  if (media.length !== start.media.length) return true
  if (text.trim() === '' && media.length === 0) return false
  return text.trim() !== start.text.trim() || warning !== start.warning
}
