import type { AccountRow } from '@anancus/db'
import { factories } from '@anancus/db/testing/make'
import type { Ctx } from '../src/kernel/context.ts'
import { cardKey, emojiKey, mediaKey, profileImageKey } from '../src/kernel/storage/keys.ts'

const DAY_MS = 86_400_000
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS)
const PNG = { contentType: 'image/png' }

/** A file of the cache, or one that is none of it, and how to see whether it is still there. */
export interface Kept {
  what: string
  keys: string[]
}

/** What a full cache holds: what anybody could do without, what people here care for, and what is theirs. */
export interface FullCache {
  plain: Kept[]
  kept: Kept[]
  local: Kept[]
}

/**
 * Fills the cache of an instance with files of all kinds, in its real store: of each of five kinds `count` that nobody cares
 * for, and seven times `kept` that somebody follows, favourited, bookmarked, quoted or replied to; and uploads of people
 * here.
 *
 * @param bytes size of each file
 */
export async function fillCache(
  ctx: Ctx,
  count: number,
  bytes: number,
  kept: number = count,
): Promise<FullCache> {
  const make = factories(ctx.db)
  const { account: alice } = await make.viewer({ account: { username: 'alice' } })
  const friend = await make.remoteAccount({ username: 'friend', domain: 'far.example' })
  const stranger = await make.remoteAccount({ username: 'stranger', domain: 'far.example' })
  await make.follow({ account: alice, target: friend })
  const full: FullCache = { plain: [], kept: [], local: [] }

  const put = async (list: Kept[], what: string, ...keys: (string | null)[]) => {
    const found = keys.filter((key) => key !== null)
    for (const key of found) await ctx.storage.put(key, Buffer.alloc(bytes, what), PNG)
    list.push({ what, keys: found })
  }
  const attachment = async (list: Kept[], what: string, account: AccountRow, days: number) => {
    const at = daysAgo(days)
    const status = await make.status({ account, created_at: at, stats: { updated_at: at } })
    const media = await make.media({
      account,
      status,
      file_file_name: 'a.png',
      file_file_size: bytes,
      file_updated_at: at,
      created_at: at,
    })
    await put(list, what, mediaKey(media, 'original'))
    return status
  }
  const pictured = async (list: Kept[], what: string, number: number) => {
    const account = await make.remoteAccount({
      username: `${what}${number}`,
      domain: 'far.example',
      avatar_file_name: 'a.png',
      avatar_file_size: bytes,
      // A month of grace aside, as old as the rest.
      avatar_updated_at: daysAgo(60 + number),
      avatar_remote_url: 'https://far.example/a.png',
      avatar_storage_schema_version: 1,
      header_file_name: 'h.png',
      header_file_size: bytes,
      header_updated_at: daysAgo(30 + number),
      header_remote_url: 'https://far.example/h.png',
      header_storage_schema_version: 1,
    })
    await put(list, 'avatar', profileImageKey(account, 'avatar', 'original'))
    await put(list, 'header', profileImageKey(account, 'header', 'original'))
    return account
  }

  for (let number = 0; number < count; number++) {
    await attachment(full.plain, 'attachment', stranger, 30 + number)
    await pictured(full.plain, 'stranger', number)
    const card = await make.card({
      image_file_name: 'c.png',
      image_file_size: bytes,
      image_updated_at: daysAgo(30 + number),
      image_storage_schema_version: 1,
    })
    await put(full.plain, 'card', cardKey(card))
    const emoji = await make.customEmoji({
      shortcode: `emoji${number}`,
      domain: 'far.example',
      image_file_size: bytes,
      image_updated_at: daysAgo(120 + number),
      updated_at: daysAgo(120 + number),
    })
    await put(full.plain, 'emoji', emojiKey(emoji, 'original'))
  }
  for (let number = 0; number < kept; number++) {
    const favourite = await attachment(full.kept, 'favourited', stranger, 300)
    await make.favourite({ account: alice, status: favourite })
    const bookmark = await attachment(full.kept, 'bookmarked', stranger, 300)
    await make.bookmark({ account: alice, status: bookmark })
    const quoted = await attachment(full.kept, 'quoted', stranger, 300)
    await make.status({ account: alice, quoteOf: quoted })
    const replied = await attachment(full.kept, 'replied to', stranger, 300)
    await make.status({ account: alice, inReplyTo: replied })
    await attachment(full.kept, 'of a followed account', friend, 300)
    const followed = await pictured(full.kept, 'followed', number)
    await make.follow({ account: alice, target: followed })

    const upload = await make.media({ account: alice, file_file_size: bytes })
    await put(full.local, 'upload', mediaKey(upload, 'original'))
  }
  return full
}

/** How many of some files are in the store. */
export async function countThere(ctx: Ctx, files: readonly Kept[]): Promise<number> {
  let there = 0
  for (const { keys } of files) for (const key of keys) if ((await ctx.storage.stat(key)) !== null) there += 1
  return there
}

/** Bytes of all files in the cache part of the store, as the store says. */
export async function storedBytes(ctx: Ctx): Promise<number> {
  let bytes = 0
  for await (const page of ctx.storage.list({ prefix: 'cache/' }))
    for (const object of page) bytes += object.bytes
  return bytes
}
