import pLimit from 'p-limit'
import type { Ctx } from '../../kernel/context.ts'
import { BadRequestError, UnavailableError } from '../../kernel/errors.ts'
import { redisKey } from '../../kernel/redis-keys.ts'
import { withRetries } from '../../kernel/retry.ts'
import {
  createStore,
  mainStore,
  type Storage,
  type StoredObject,
  type StoreName,
} from '../../kernel/storage/index.ts'
import { MAX_MOVE_FAILURES, MOVE_MEMORY_SECONDS } from './limits.ts'
import { copyFile } from './move-file.ts'
import { ownersOf } from './storage-owners.ts'

export interface MoveOptions {
  from: StoreName
  to: StoreName
  /** Leave the originals: files may be copied ahead, before new ones go to the other store. */
  isCopy: boolean
  /** Files at a time. */
  concurrency: number
  onProgress?: (step: 'copied' | 'removed', done: number, total: number) => void
}

export interface Moved {
  copied: number
  /** Were there already, and hold the same. */
  present: number
  bytes: number
  removed: number
  failed: { key: string; reason: string }[]
}

/**
 * Moves all files from one store to the other while the server runs. First everything is copied and verified, page by
 * page; only when nothing failed are originals removed, each of which has its copy. Killed at any moment, nothing is
 * lost: the next run goes on after the last whole page.
 *
 * @throws BadRequestError the configuration does not let the server read both stores meanwhile
 * @throws UnavailableError too many files failed: a store is away
 */
export async function moveFiles(ctx: Ctx, options: MoveOptions): Promise<Moved> {
  checkConfiguration(ctx, options)
  const move: Move = {
    ctx,
    options,
    source: createStore(ctx.config, options.from),
    target: createStore(ctx.config, options.to),
    memory: redisKey(ctx, `media_move:${options.from}:${options.to}`),
    moved: { copied: 0, present: 0, bytes: 0, removed: 0, failed: [] },
    total: 0,
    done: 0,
  }
  let startAfter = (await ctx.redis.get(move.memory)) ?? ''
  // What somebody put behind our back at the old place is met at the next pass.
  for (let pass = 1; pass <= MAX_PASSES; pass += 1) {
    move.total = move.done + (await count(move.source, startAfter))
    for await (const page of move.source.list({ startAfter })) await copyPage(move, page)
    if (move.moved.failed.length > 0 || options.isCopy) break
    if ((await removeOriginals(move)) === 0) break
    startAfter = ''
  }
  if (move.moved.failed.length === 0) await ctx.redis.del(move.memory)
  return move.moved
}

const MAX_PASSES = 5

interface Move {
  ctx: Ctx
  options: MoveOptions
  source: Storage
  target: Storage
  /** Where the last key of the last whole page is remembered. */
  memory: string
  moved: Moved
  total: number
  done: number
}

function checkConfiguration({ config }: Ctx, { from, to, isCopy }: MoveOptions): void {
  if (from === to) throw new BadRequestError('Files cannot move to where they are.')
  if (!config.env.S3_BUCKET) throw new BadRequestError('S3_BUCKET is not set.')
  if (isCopy || (mainStore(config) === to && config.env.MEDIA_MOVING_FROM === from)) return
  throw new BadRequestError(
    `Set S3_ENABLED=${to === 's3'} and MEDIA_MOVING_FROM=${from}, restart all processes, and run this again: until then the server would not find what has moved. With --keep files are copied ahead.`,
  )
}

async function count(store: Storage, startAfter: string): Promise<number> {
  let total = 0
  for await (const page of store.list({ startAfter })) total += page.length
  return total
}

async function copyPage(move: Move, page: readonly StoredObject[]): Promise<void> {
  const { ctx, options, target, moved } = move
  const keys = page.map(({ key }) => key)
  const before = await ownersOf(ctx, keys)
  const limit = pLimit(options.concurrency)
  await Promise.all(
    page.map((object) => limit(() => copyOne(move, object, !before.get(object.key)?.isHidden))),
  )
  // Somebody may have been suspended, or freed, while their files were on the way.
  const after = await ownersOf(ctx, keys)
  const changed = keys.filter((key) => before.get(key)?.isHidden !== after.get(key)?.isHidden)
  for (const isHidden of [true, false])
    await target.setPublic(
      changed.filter((key) => after.get(key)?.isHidden === isHidden),
      !isHidden,
    )
  if (moved.failed.length === 0)
    await ctx.redis.set(move.memory, keys.at(-1) ?? '', 'EX', MOVE_MEMORY_SECONDS)
}

async function copyOne(move: Move, object: StoredObject, isPublic: boolean): Promise<void> {
  const { source, target, moved, options } = move
  if (moved.failed.length >= MAX_MOVE_FAILURES)
    throw new UnavailableError(
      `${MAX_MOVE_FAILURES} files failed, the last because ${moved.failed.at(-1)?.reason}`,
    )
  try {
    const outcome = await withRetries(
      () => copyFile(source, target, object, isPublic),
      (error) => error instanceof UnavailableError,
    )
    if (outcome === 'present') moved.present += 1
    if (outcome === 'copied') {
      moved.copied += 1
      moved.bytes += object.bytes
    }
  } catch (error) {
    move.ctx.log.warn({ error, key: object.key }, 'a file could not be moved')
    moved.failed.push({ key: object.key, reason: reasonOf(error) })
  }
  move.done += 1
  options.onProgress?.('copied', move.done, move.total)
}

function reasonOf(error: unknown): string {
  const { message, cause } = error as Error
  return cause instanceof Error ? cause.message : message
}

/** What has no copy of its size stays, whatever the reason. @returns how many stay */
async function removeOriginals({ source, target, moved, options }: Move): Promise<number> {
  const total = await count(source, '')
  const limit = pLimit(options.concurrency)
  let seen = 0
  let left = 0
  for await (const page of source.list()) {
    const checked = await Promise.all(
      page.map((object) =>
        limit(async () => ((await target.stat(object.key))?.bytes === object.bytes ? [object.key] : [])),
      ),
    )
    const keys = checked.flat()
    await source.delete(keys)
    moved.removed += keys.length
    seen += page.length
    left += page.length - keys.length
    options.onProgress?.('removed', seen, Math.max(total, seen))
  }
  return left
}
