import {
  CONVERTED_TYPES,
  type Document,
  LETTER_TYPE,
  PUBLIC_SPELLINGS,
  STATUS_TYPES,
  type StatusType,
} from '../vocabulary.ts'
import { type AttachmentDraft, attachmentsOf } from './attachment.ts'
import { convertedText } from './converted-text.ts'
import { type EmojiDraft, emojisOf } from './emoji.ts'
import { type InteractionPolicyDraft, interactionPolicyIn } from './interaction-policy.ts'
import { type PollDraft, pollOf } from './poll.ts'
import { type QuoteDraft, quoteIn } from './quote.ts'
import { markQuoteLine } from './quote-line.ts'
import { type QuotePolicyDraft, quotePolicyIn } from './quote-policy.ts'
import { type RepliesDraft, repliesIn } from './replies.ts'
import {
  countOf,
  dateOf,
  documentOf,
  httpUri,
  idOf,
  idsOf,
  isDocument,
  languageOf,
  listOf,
  naturalText,
  pageUrl,
  stringOf,
  typeAmong,
} from './values.ts'

const MAX_TAGS = 1000
export const MAX_MENTIONS = 200
const MAX_HASHTAGS = 500
const MAX_COLLECTIONS = 10
const MAX_AUDIENCE = 1000
const MAX_AUTHORS = 20
/** U+200B and its like: what some servers send as an empty content warning. */
const INVISIBLE = /^[\s\u200B-\u200D\u2060\uFEFF]*$/

/** What an object says that may become a status; checked for form but not for truth. */
export interface NoteDraft {
  uri: string
  type: StatusType
  /** Whom it says it is by, in its order. */
  authors: string[]
  url: string | null
  /** HTML as it came; sanitised where it is shown. */
  text: string
  spoilerText: string
  sensitive: boolean
  /** Whether its author calls it a direct message, whomever it names; only of what is for some people. */
  isDirectMessage?: boolean
  language: string | null
  publishedAt: Date | null
  updatedAt: Date | null
  inReplyTo: string | null
  conversation: string | null
  to: string[]
  cc: string[]
  /** Actors whom the object names, by id. */
  mentions: string[]
  hashtags: string[]
  /** Collections of accounts that it links to, by id. */
  collections: string[]
  emojis: EmojiDraft[]
  attachments: AttachmentDraft[]
  poll: PollDraft | null
  quote: QuoteDraft | null
  quotePolicy: QuotePolicyDraft | null
  interactionPolicy: InteractionPolicyDraft | null
  replies: RepliesDraft | null
  likesCount: number | null
  sharesCount: number | null
  /** What a vote chooses, or a title. */
  name: string | null
  hasContent: boolean
}

/** Whether an object is of a kind that becomes a status. */
export function isStatus(document: Document): boolean {
  return typeAmong(document, STATUS_TYPES) !== null || typeAmong(document, CONVERTED_TYPES) !== null
}

/**
 * Reads an object that may become a status. Notes and questions are taken as they are; articles, pages, videos and
 * the like become a title, a summary and a link.
 *
 * @returns null when it is of another type or has no http(s) id
 * @see https://www.w3.org/TR/activitystreams-vocabulary/#object-types
 */
export function parseNote(document: Document, now: Date): NoteDraft | null {
  const uri = httpUri(document.id)
  const type = typeAmong(document, STATUS_TYPES) ?? typeAmong(document, CONVERTED_TYPES)
  if (uri === null || type === null) return null
  const isNative = (STATUS_TYPES as readonly string[]).includes(type)
  const attachments = attachmentsOf(document)
  const summary = naturalText(document, 'summary') ?? ''
  const quote = quoteIn(document)
  return {
    uri,
    type,
    authors: idsOf(document.attributedTo, MAX_AUTHORS),
    url: pageUrl(document.url),
    text: isNative
      ? markQuoteLine(naturalText(document, 'content') ?? '', quote?.uri ?? null)
      : convertedText(document, uri),
    spoilerText: isNative && !INVISIBLE.test(summary) ? summary : '',
    ...(typeof document.directMessage === 'boolean' ? { isDirectMessage: document.directMessage } : {}),
    sensitive: document.sensitive === true || attachments.some((item) => item.isSensitive),
    language:
      languageOf(document, 'content') ?? languageOf(document, 'name') ?? languageOf(document, 'summary'),
    publishedAt: dateOf(document.published),
    updatedAt: dateOf(document.updated),
    inReplyTo: idOf(document.inReplyTo) ?? stringOf(document.inReplyToAtomUri),
    conversation: idOf(document.conversation),
    to: idsOf(document.to, MAX_AUDIENCE),
    cc: idsOf(document.cc, MAX_AUDIENCE),
    ...tagsOf(document.tag),
    emojis: emojisOf(document.tag),
    attachments,
    poll: type === 'Question' ? pollOf(document, now) : null,
    quote,
    quotePolicy: quotePolicyIn(document),
    interactionPolicy: interactionPolicyIn(document),
    replies: repliesIn(document, uri),
    likesCount: totalOf(document.likes),
    sharesCount: totalOf(document.shares),
    name: naturalText(document, 'name'),
    hasContent: naturalText(document, 'content') !== null,
    ...(type === LETTER_TYPE ? letterParts(document) : {}),
  }
}

/** A line of a chat is a direct message: it names nobody, and means everybody it goes to. */
function letterParts(document: Document): Pick<NoteDraft, 'to' | 'cc' | 'mentions' | 'isDirectMessage'> {
  const to = idsOf(document.to, MAX_MENTIONS).filter((uri) => !PUBLIC_SPELLINGS.has(uri))
  return { to, cc: [], mentions: to, isDirectMessage: true }
}

function tagsOf(tag: unknown): Pick<NoteDraft, 'mentions' | 'hashtags' | 'collections'> {
  const mentions: string[] = []
  const hashtags: string[] = []
  const collections: string[] = []
  for (const item of listOf(tag, MAX_TAGS).filter(isDocument)) {
    const href = httpUri(item.href)
    const name = stringOf(item.name)
    if (item.type === 'Mention' && href !== null && mentions.length < MAX_MENTIONS) mentions.push(href)
    if (item.type === 'Hashtag' && name !== null && hashtags.length < MAX_HASHTAGS)
      hashtags.push(name.replace(/^#/, '').slice(0, 500))
    const id = item.type === 'FeaturedCollection' ? httpUri(item.id) : null
    if (id !== null && collections.length < MAX_COLLECTIONS) collections.push(id)
  }
  return {
    collections: [...new Set(collections)],
    mentions: [...new Set(mentions)],
    hashtags: [...new Set(hashtags)],
  }
}

function totalOf(collection: unknown): number | null {
  const document = documentOf(collection)
  return document === null ? null : countOf(document.totalItems)
}
