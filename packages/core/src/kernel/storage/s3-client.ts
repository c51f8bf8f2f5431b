import type * as sdkModule from '@aws-sdk/client-s3'
import type { S3Client, S3ClientConfig } from '@aws-sdk/client-s3'
import type { Config } from '../config.ts'
import { NotFoundError, UnavailableError } from '../errors.ts'

export type Sdk = typeof sdkModule

export interface OpenS3 {
  sdk: Sdk
  client: S3Client
}

/** Loads the SDK, 35 MB of it, and makes a client as Mastodon's variables say. Asks nobody. */
export async function openS3({ env }: Config): Promise<OpenS3> {
  const sdk = await import('@aws-sdk/client-s3')
  const settings: S3ClientConfig = {
    region: env.S3_REGION,
    maxAttempts: env.S3_RETRY_LIMIT + 1,
    // Other stores often do not know the newer checksum trailers.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: env.S3_ENABLE_CHECKSUM_MODE ? 'WHEN_SUPPORTED' : 'WHEN_REQUIRED',
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

/** Where everybody reads the bucket: its alias, else its host and its name. */
export function s3PublicBase({ env }: Config): string {
  const alias = env.S3_ALIAS_HOST ?? env.S3_CLOUDFRONT_HOST
  if (alias) return `${env.S3_PROTOCOL}://${alias}`
  const endpoint = env.S3_ENDPOINT ? URL.parse(env.S3_ENDPOINT)?.host : undefined
  const host = env.S3_HOSTNAME ?? endpoint ?? `s3-${env.S3_REGION}.amazonaws.com`
  return `${env.S3_PROTOCOL}://${host}/${env.S3_BUCKET}`
}

/** A missing key is a NotFoundError, anything else a temporary problem. */
export async function s3Told<T>(request: Promise<T>): Promise<T> {
  try {
    return await request
  } catch (error) {
    if (error instanceof Error && (error.name === 'NoSuchKey' || error.name === 'NotFound'))
      throw new NotFoundError()
    throw new UnavailableError(undefined, { cause: error, code: 'storage' })
  }
}
