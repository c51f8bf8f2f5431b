import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { NotFoundError } from '../../kernel/errors.ts'
import { contentTypeOf, type Storage, type StoredObject } from '../../kernel/storage/index.ts'

/** `copied`: it is there now and holds the same; `present`: it was already; `gone`: somebody deleted it meanwhile. */
export type Copied = 'copied' | 'present' | 'gone'

const TRIES = 2

/**
 * Copies one file to another store, reads it there again, and holds both against each other by size and SHA-256. A copy
 * that differs is taken away again.
 *
 * @throws Error the copy differs each time
 */
export async function copyFile(
  source: Storage,
  target: Storage,
  { key }: Pick<StoredObject, 'key'>,
  isPublic: boolean,
): Promise<Copied> {
  if (await isPresent(source, target, key)) return 'present'
  for (let tries = 1; ; tries += 1) {
    const sent = await send(source, target, key, isPublic)
    if (sent === null) return 'gone'
    const isSame = sent === (await digestAt(target, key))
    // Whoever deletes a file deletes it at its old place first: a copy that is alone now was made too late.
    const isThere = (await source.stat(key)) !== null
    if (isSame && isThere) return 'copied'
    await target.delete([key])
    if (!isThere) return 'gone'
    if (tries === TRIES) throw new Error('the copy differs from the original')
  }
}

async function isPresent(source: Storage, target: Storage, key: string): Promise<boolean> {
  const there = await target.stat(key)
  if (!there) return false
  const digest = await digestAt(target, key)
  return digest !== null && digest === (await digestAt(source, key))
}

/** What was sent, as its size and SHA-256; null where there is nothing. */
async function send(
  source: Storage,
  target: Storage,
  key: string,
  isPublic: boolean,
): Promise<string | null> {
  const found = await source.get(key).catch(orNothing)
  if (!found) return null
  const hash = createHash('sha256')
  let bytes = 0
  const seen = Readable.from(
    (async function* () {
      for await (const chunk of found.body as AsyncIterable<Buffer>) {
        hash.update(chunk)
        bytes += chunk.length
        yield chunk
      }
    })(),
    { objectMode: false },
  )
  await target.put(key, seen, { contentType: contentTypeOf(key), length: found.length, isPublic })
  return `${bytes} ${hash.digest('hex')}`
}

async function digestAt(store: Storage, key: string): Promise<string | null> {
  const found = await store.get(key).catch(orNothing)
  if (!found) return null
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of found.body as AsyncIterable<Buffer>) {
    hash.update(chunk)
    bytes += chunk.length
  }
  return `${bytes} ${hash.digest('hex')}`
}

function orNothing(error: unknown): null {
  if (error instanceof NotFoundError) return null
  throw error
}
