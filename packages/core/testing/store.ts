import { type FauxqsServer, startFauxqs } from 'fauxqs'

/** Settings that say where the files of every context of this test file lie; none is local disk. */
let settings: Readonly<Record<string, string>> = {}

export function storeSettings(): Readonly<Record<string, string>> {
  return settings
}

/**
 * Makes all tests of this file keep their files in an S3-compatible server, which is started for them. To be called before
 * the `beforeAll` that makes a context.
 */
export function keepFilesOnS3(): void {
  let server: FauxqsServer
  beforeAll(async () => {
    server = await startFauxqs({ port: 0, logger: false })
    server.createBucket('files')
    settings = s3Settings(server.address)
  })
  afterAll(async () => {
    settings = {}
    await server.stop()
  })
}

/** What a context needs to use the bucket `files` of a server. */
export function s3Settings(address: string): Record<string, string> {
  return {
    S3_ENABLED: 'true',
    S3_BUCKET: 'files',
    S3_ENDPOINT: address,
    S3_PROTOCOL: 'http',
    // A server of a test is in the process of the test, which may be busy.
    S3_OPEN_TIMEOUT: '60',
    S3_READ_TIMEOUT: '60',
    // It knows no rights of files, and takes the request for them for an empty file.
    S3_PERMISSION: '',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  }
}
