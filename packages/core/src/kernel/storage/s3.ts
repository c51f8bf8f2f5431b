import type { Readable } from 'node:stream'
import type * as sdkModule from '@aws-sdk/client-s3'
import type { S3Client, S3ClientConfig } from '@aws-sdk/client-s3'
import type { Config } from '../config.ts'
import { NotFoundError, UnavailableError } from '../errors.ts'
import { contentTypeOf } from './content-types.ts'
import { encodeKey } from './local.ts'
import type { Storage } from './storage.ts'

/** Names are random and never used twice, so copies may be kept for ever. */
const CACHE_CONTROL = 'public, max-age=315576000, immutable'
/** Keys one request may delete. @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
const DELETE_BATCH = 1000

type Sdk = typeof sdkModule

/**
 * Keeps files in an S3-compatible store, under the names and with the settings Mastodon uses. The SDK weighs 35 MB and
 * is loaded with the first file.
 */
export function createS3Storage(config: Config): Storage {
  let opened: Promise<{ sdk: Sdk; client: S3Client }> | null = null
  const open = () => (opened ??= openClient(config))
  const bucket = config.env.S3_BUCKET
  const prefix = config.env.S3_KEY_PREFIX ? `${config.env.S3_KEY_PREFIX.replace(/(?<!\/)\/+$/, '')}/` : ''
  const base = publicBase(config)
  return {
    async put(key, body, { contentType, length }) {
      const { client } = await open()
      const { Upload } = await import('@aws-sdk/lib-storage')
      const upload = new Upload({
        client,
        params: {
          Bucket: bucket,
          Key: prefix + key,
          Body: body,
          ContentType: contentType,
          CacheControl: CACHE_CONTROL,
          ...(length === undefined ? {} : { ContentLength: length }),
          ...(config.env.S3_PERMISSION ? { ACL: config.env.S3_PERMISSION as 'public-read' } : {}),
          ...(config.env.S3_STORAGE_CLASS ? { StorageClass: config.env.S3_STORAGE_CLASS as 'STANDARD' } : {}),
        },
      })
      await told(upload.done())
    },
    async get(key) {
      const { sdk, client } = await open()
      const found = await told(client.send(new sdk.GetObjectCommand({ Bucket: bucket, Key: prefix + key })))
      return {
        body: found.Body as Readable,
        contentType: contentTypeOf(key),
        length: Number(found.ContentLength ?? 0),
      }
    },
    async delete(keys) {
      const { sdk, client } = await open()
      for (let from = 0; from < keys.length; from += DELETE_BATCH) {
        const batch = keys.slice(from, from + DELETE_BATCH).map((key) => ({ Key: prefix + key }))
        const command = new sdk.DeleteObjectsCommand({
          Bucket: bucket,
          Delete: { Objects: batch, Quiet: true },
        })
        const { Errors: failed = [] } = await told(client.send(command))
        if (failed.length > 0) throw new UnavailableError(undefined, { cause: failed[0]?.Message })
      }
    },
    async setPublic(keys, isPublic) {
      // Without S3_PERMISSION the store has no rights of single files.
      const { S3_PERMISSION: permission } = config.env
      if (!permission) return
      const { sdk, client } = await open()
      const ACL = isPublic ? (permission as 'public-read') : 'private'
      for (const key of keys) {
        const command = new sdk.PutObjectAclCommand({ Bucket: bucket, Key: prefix + key, ACL })
        await told(client.send(command)).catch((error: unknown) => {
          if (!(error instanceof NotFoundError)) throw error
        })
      }
    },
    url: (key) => `${base}/${encodeKey(prefix + key)}`,
  }
}

async function openClient(config: Config): Promise<{ sdk: Sdk; client: S3Client }> {
  const sdk = await import('@aws-sdk/client-s3')
  const { env } = config
  const settings: S3ClientConfig = {
    region: env.S3_REGION,
    maxAttempts: env.S3_RETRY_LIMIT + 1,
    // Other stores often do not know the newer checksum trailers.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      connectionTimeout: env.S3_OPEN_TIMEOUT * 1000,
      socketTimeout: env.S3_READ_TIMEOUT * 1000,
    },
  }
  if (env.S3_ENDPOINT) {
    settings.endpoint = env.S3_ENDPOINT
    settings.forcePathStyle = !env.S3_OVERRIDE_PATH_STYLE
  }
  if (env.AWS_ACCESS_KEY_ID && env.AWS_SECRET_ACCESS_KEY) {
    settings.credentials = { accessKeyId: env.AWS_ACCESS_KEY_ID, secretAccessKey: env.AWS_SECRET_ACCESS_KEY }
  }
  return { sdk, client: new sdk.S3Client(settings) }
}

function publicBase({ env }: Config): string {
  const alias = env.S3_ALIAS_HOST ?? env.S3_CLOUDFRONT_HOST
  if (alias) return `${env.S3_PROTOCOL}://${alias}`
  const endpoint = env.S3_ENDPOINT ? URL.parse(env.S3_ENDPOINT)?.host : undefined
  const host = env.S3_HOSTNAME ?? endpoint ?? `s3-${env.S3_REGION}.amazonaws.com`
  return `${env.S3_PROTOCOL}://${host}/${env.S3_BUCKET}`
}

/** A missing key is a NotFoundError, anything else a temporary problem. */
async function told<T>(request: Promise<T>): Promise<T> {
  try {
    return await request
  } catch (error) {
    if (error instanceof Error && (error.name === 'NoSuchKey' || error.name === 'NotFound'))
      throw new NotFoundError()
    throw new UnavailableError(undefined, { cause: error, code: 'storage' })
  }
}
