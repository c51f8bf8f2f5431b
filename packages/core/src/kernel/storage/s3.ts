import type { Readable } from 'node:stream'
import type { PutObjectCommandInput } from '@aws-sdk/client-s3'
import type { Config } from '../config.ts'
import { NotFoundError, UnavailableError } from '../errors.ts'
import { withRetries } from '../retry.ts'
import { contentTypeOf } from './content-types.ts'
import { encodeKey } from './local.ts'
import { type OpenS3, openS3, s3PublicBase, s3Told } from './s3-client.ts'
import { signedS3Url } from './s3-sign.ts'
import type { PutOptions, Storage, StoredObject } from './storage.ts'

/** Names are random and never used twice, so copies may be kept for ever. */
const CACHE_CONTROL = 'public, max-age=315576000, immutable'
/** Of an upload in parts, as many are held in memory at a time. */
const PARTS_AT_ONCE = 2
const PART_BYTES = 8 * 1024 * 1024

/** What the functions below work with. */
interface Bucket {
  open(): Promise<OpenS3>
  env: Config['env']
  /** What stands before every key, with its slash. */
  prefix: string
}

/**
 * Keeps files in an S3-compatible store, under the names and with the settings Mastodon uses. The SDK is loaded with the
 * first file.
 */
export function createS3Storage(config: Config): Storage {
  let opened: Promise<OpenS3> | null = null
  const { env } = config
  const prefix = env.S3_KEY_PREFIX ? `${env.S3_KEY_PREFIX.replace(/(?<!\/)\/+$/, '')}/` : ''
  const base = s3PublicBase(config)
  const bucket: Bucket = { env, prefix, open: () => (opened ??= openS3(config)) }
  return {
    put: (key, body, options) => put(bucket, key, body, options),
    get: (key) => get(bucket, key),
    stat: (key) => stat(bucket, key),
    delete: (keys) => deleteAll(bucket, keys),
    setPublic: (keys, isPublic) => setPublic(bucket, keys, isPublic),
    url: (key) => `${base}/${encodeKey(prefix + key)}`,
    signedUrl: async (key, seconds) =>
      signedS3Url(await bucket.open(), { Bucket: env.S3_BUCKET, Key: prefix + key }, seconds, new Date()),
    list: (options) => list(bucket, options),
  }
}

/**
 * Up to S3_MULTIPART_THRESHOLD one request, beyond it parts. A stream of unknown length goes in parts, of which a short one
 * is one request as well.
 */
async function put(
  { open, env, prefix }: Bucket,
  key: string,
  body: Buffer | Readable,
  { contentType, length, isPublic = true }: PutOptions,
): Promise<void> {
  const { sdk, client } = await open()
  const bytes = Buffer.isBuffer(body) ? body.length : length
  const params: PutObjectCommandInput = {
    Bucket: env.S3_BUCKET,
    Key: prefix + key,
    Body: body,
    ContentType: contentType,
    CacheControl: CACHE_CONTROL,
    ...(bytes === undefined ? {} : { ContentLength: bytes }),
    ...(env.S3_PERMISSION ? { ACL: accessOf(env.S3_PERMISSION, isPublic) } : {}),
    ...(env.S3_STORAGE_CLASS ? { StorageClass: env.S3_STORAGE_CLASS as 'STANDARD' } : {}),
  }
  if (bytes !== undefined && bytes <= env.S3_MULTIPART_THRESHOLD) {
    await s3Told(client.send(new sdk.PutObjectCommand(params)))
    return
  }
  const { Upload } = await import('@aws-sdk/lib-storage')
  const upload = new Upload({ client, params, partSize: PART_BYTES, queueSize: PARTS_AT_ONCE })
  await s3Told(upload.done())
}

function accessOf(permission: string, isPublic: boolean): 'public-read' | 'private' {
  return isPublic ? (permission as 'public-read') : 'private'
}

/** One request a file, whatever its size. */
async function get({ open, env, prefix }: Bucket, key: string) {
  const { sdk, client } = await open()
  const command = new sdk.GetObjectCommand({ Bucket: env.S3_BUCKET, Key: prefix + key })
  const found = await s3Told(client.send(command))
  return {
    body: found.Body as Readable,
    contentType: contentTypeOf(key),
    length: Number(found.ContentLength ?? 0),
  }
}

async function stat({ open, env, prefix }: Bucket, key: string): Promise<StoredObject | null> {
  const { sdk, client } = await open()
  const command = new sdk.HeadObjectCommand({ Bucket: env.S3_BUCKET, Key: prefix + key })
  try {
    const found = await s3Told(client.send(command))
    return { key, bytes: Number(found.ContentLength ?? 0), modifiedAt: found.LastModified ?? new Date(0) }
  } catch (error) {
    if (error instanceof NotFoundError) return null
    throw error
  }
}

/** A request that fails, and keys that a store names as failed, are tried again S3_BATCH_DELETE_RETRY times. */
async function deleteAll({ open, env, prefix }: Bucket, keys: readonly string[]): Promise<void> {
  const { sdk, client } = await open()
  for (let from = 0; from < keys.length; from += env.S3_BATCH_DELETE_LIMIT) {
    let left = keys.slice(from, from + env.S3_BATCH_DELETE_LIMIT).map((key) => ({ Key: prefix + key }))
    const deleteLeft = async () => {
      const Delete = { Objects: left, Quiet: true }
      const command = new sdk.DeleteObjectsCommand({ Bucket: env.S3_BUCKET, Delete })
      const { Errors: failed = [] } = await s3Told(client.send(command))
      if (failed.length === 0) return
      left = failed.flatMap(({ Key }) => (Key === undefined ? [] : [{ Key }]))
      throw new UnavailableError(undefined, { cause: failed[0]?.Message, code: 'storage' })
    }
    await withRetries(deleteLeft, isStorageAway, env.S3_BATCH_DELETE_RETRY + 1)
  }
}

function isStorageAway(error: unknown): boolean {
  return error instanceof UnavailableError
}

/** Without S3_PERMISSION the store has no rights of single files. */
async function setPublic(
  { open, env, prefix }: Bucket,
  keys: readonly string[],
  isPublic: boolean,
): Promise<void> {
  if (!env.S3_PERMISSION) return
  const { sdk, client } = await open()
  const ACL = accessOf(env.S3_PERMISSION, isPublic)
  for (const key of keys) {
    const command = new sdk.PutObjectAclCommand({ Bucket: env.S3_BUCKET, Key: prefix + key, ACL })
    await s3Told(client.send(command)).catch((error: unknown) => {
      if (!(error instanceof NotFoundError)) throw error
    })
  }
}

async function* list(
  { open, env, prefix }: Bucket,
  options: { prefix?: string; startAfter?: string } = {},
): AsyncGenerator<StoredObject[]> {
  const { sdk, client } = await open()
  let last = options.startAfter
  for (;;) {
    const command = new sdk.ListObjectsV2Command({
      Bucket: env.S3_BUCKET,
      Prefix: prefix + (options.prefix ?? ''),
      ...(last === undefined ? {} : { StartAfter: prefix + last }),
    })
    const { Contents = [], IsTruncated } = await s3Told(client.send(command))
    const page = Contents.flatMap(({ Key, Size, LastModified }) =>
      Key === undefined
        ? []
        : [{ key: Key.slice(prefix.length), bytes: Size ?? 0, modifiedAt: LastModified ?? new Date(0) }],
    )
    if (page.length > 0) yield page
    if (!IsTruncated || page.length === 0) return
    last = page.at(-1)?.key
  }
}
