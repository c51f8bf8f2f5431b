import type { Db } from '../../src/connection.ts'
import { copyInto, type Value } from './copy.ts'
import { usernameOf } from './people.ts'
import { isLocal, type Plan } from './plan.ts'
import { chance, zipf } from './random.ts'
import { sentence, wordOf } from './words.ts'

export const TAGS = 5_000
const TAGGED = 0.25
const WITH_MEDIA = 0.15
const WARNED = 0.05
const LONGEST_IN_WORDS = 60

/** Conversations, tags, statuses and what belongs to one status alone. The base of our own addresses is `baseUrl`. */
export async function copyStatuses(
  db: Db,
  plan: Plan,
  baseUrl: string,
  progress: (part: number) => void,
): Promise<void> {
  await copyInto(db, 'conversations', ['id', 'created_at', 'updated_at'], conversationRows(plan))
  await copyInto(db, 'tags', ['id', 'name', 'display_name', 'created_at', 'updated_at'], tagRows(plan))
  await copyInto(db, 'statuses', STATUS_COLUMNS, statusRows(plan, baseUrl, progress))
  await copyInto(db, 'statuses_tags', ['status_id', 'tag_id'], statusTagRows(plan))
  await copyInto(db, 'media_attachments', MEDIA_COLUMNS, mediaRows(plan))
}

function* conversationRows(plan: Plan): Generator<Value[]> {
  for (let id = 1; id <= plan.conversations; id++) yield [id, plan.now, plan.now]
}

export const tagNameOf = (tag: number) => `${wordOf('en', tag)}${tag}`

function* tagRows(plan: Plan): Generator<Value[]> {
  for (let tag = 0; tag < TAGS; tag++) yield [tag + 1, tagNameOf(tag), null, plan.now, plan.now]
}

const STATUS_COLUMNS = [
  'id',
  'account_id',
  'in_reply_to_id',
  'in_reply_to_account_id',
  'reblog_of_id',
  'conversation_id',
  'text',
  'spoiler_text',
  'language',
  'visibility',
  'reply',
  'sensitive',
  'local',
  'uri',
  'url',
  'ordered_media_attachment_ids',
  'created_at',
  'updated_at',
]

const ownId = (plan: Plan, index: number) => plan.statusIds[index] as bigint
const authorId = (plan: Plan, index: number) => plan.accountIds[plan.author[index] as number] as bigint
const isReblog = (plan: Plan, index: number) => plan.reblogOf[index] !== -1

/** What a status carries beside its words, the same whichever table asks. */
function extrasOf(plan: Plan, index: number) {
  const dice = chance(index ^ 0x2545f491)
  const has = (probability: number) => dice.happens(probability) && !isReblog(plan, index)
  const tags = has(TAGGED)
    ? new Set(Array.from({ length: 1 + dice.below(3) }, () => zipf(dice, TAGS)))
    : new Set<number>()
  return { tags: [...tags], hasMedia: has(WITH_MEDIA), isWarned: has(WARNED) }
}

/** An upload is as old as its status: the same milliseconds, another tail. */
const mediaIdOf = (plan: Plan, index: number) => ownId(plan, index) ^ 0x8000n

function* statusRows(plan: Plan, baseUrl: string, progress: (part: number) => void): Generator<Value[]> {
  for (let index = 0; index < plan.size.statuses; index++) {
    if (index % 10_000 === 0) progress(index / plan.size.statuses)
    const account = plan.author[index] as number
    const name = usernameOf(plan, account)
    const isOurs = isLocal(plan, account)
    const id = ownId(plan, index)
    const host = isOurs ? baseUrl : `https://${plan.domains[account]}`
    const target = plan.replyTo[index] as number
    const reblogOf = plan.reblogOf[index] as number
    const made = new Date(plan.createdAt[index] as number)
    const { hasMedia, isWarned } = extrasOf(plan, index)
    yield [
      id,
      plan.accountIds[account] as bigint,
      target === -1 ? null : ownId(plan, target),
      target === -1 ? null : authorId(plan, target),
      reblogOf === -1 ? null : ownId(plan, reblogOf),
      plan.conversation[index] as number,
      isReblog(plan, index) ? '' : textOf(plan, index, isOurs),
      isWarned ? sentence(chance(index), 'en', 3) : '',
      isReblog(plan, index) ? null : (plan.language[index] as string),
      plan.visibility[index] as number,
      target !== -1,
      isWarned,
      isOurs,
      isReblog(plan, index)
        ? `${host}/users/${name}/statuses/${id}/activity`
        : `${host}/users/${name}/statuses/${id}`,
      isOurs || isReblog(plan, index) ? null : `${host}/@${name}/${id}`,
      hasMedia ? [mediaIdOf(plan, index)] : null,
      made,
      made,
    ]
  }
}

/** Local texts are as typed, remote ones HTML. */
function textOf(plan: Plan, index: number, isOurs: boolean): string {
  const dice = chance(index)
  const words = sentence(dice, plan.language[index] as string, 4 + zipf(dice, LONGEST_IN_WORDS))
  const tags = extrasOf(plan, index).tags.map((tag) => `#${tagNameOf(tag)}`)
  const text = [words, ...tags].join(' ')
  return isOurs ? text : `<p>${text}</p>`
}

function* statusTagRows(plan: Plan): Generator<Value[]> {
  for (let index = 0; index < plan.size.statuses; index++)
    for (const tag of extrasOf(plan, index).tags) yield [ownId(plan, index), tag + 1]
}

const MEDIA_COLUMNS = [
  'id',
  'account_id',
  'status_id',
  'type',
  'processing',
  'remote_url',
  'description',
  'blurhash',
  'file_meta',
  'file_content_type',
  'file_file_name',
  'created_at',
  'updated_at',
]
const META = JSON.stringify({
  original: { width: 1200, height: 800, size: '1200x800', aspect: 1.5 },
  small: { width: 588, height: 392, size: '588x392', aspect: 1.5 },
})

/** Pictures that were never fetched: rows as they are after the cache was cleared. */
function* mediaRows(plan: Plan): Generator<Value[]> {
  for (let index = 0; index < plan.size.statuses; index++) {
    if (!extrasOf(plan, index).hasMedia) continue
    const made = new Date(plan.createdAt[index] as number)
    const host = plan.domains[plan.author[index] as number] ?? 'pictures.example'
    const dice = chance(index ^ 0x1234567)
    yield [
      mediaIdOf(plan, index),
      authorId(plan, index),
      ownId(plan, index),
      0,
      2,
      `https://${host}/media/${index}.jpg`,
      dice.happens(0.5) ? sentence(dice, 'en', 8) : null,
      'UBL_:rOpGG-oBUNG,qRj2so|=eE1w^n4S5NH',
      META,
      'image/jpeg',
      null,
      made,
      made,
    ]
  }
}
