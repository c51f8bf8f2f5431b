import { createServer, type IncomingMessage, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { type FauxqsServer, startFauxqs } from 'fauxqs'
import { loadConfig } from '../config.ts'
import { StartError, UnavailableError } from '../errors.ts'
import { createStorage, type Storage } from './index.ts'
import { signedS3Url } from './s3-sign.ts'

/** Each of Mastodon's variables changes what a store is asked: looked at on the wire, before a store that answers. */

const PNG = { contentType: 'image/png' }
interface Asked {
  method: string
  path: string
  headers: IncomingMessage['headers']
}

let store: FauxqsServer
let front: Server
let asked: Asked[] = []
/** Answers in the place of the store; null lets the request through. */
let instead: ((seen: Asked, count: number) => { status: number; body: string } | null) | null = null

beforeAll(async () => {
  store = await startFauxqs({ port: 0, logger: false })
  store.createBucket('files')
  front = createServer((incoming, response) => {
    const seen = { method: incoming.method ?? '', path: incoming.url ?? '', headers: incoming.headers }
    asked.push(seen)
    const answer = instead?.(seen, asked.length)
    if (answer) {
      incoming.resume().on('end', () => response.writeHead(answer.status).end(answer.body))
      return
    }
    const onward = request(
      `${store.address}${seen.path}`,
      { method: seen.method, headers: seen.headers },
      (reply) => {
        response.writeHead(reply.statusCode ?? 500, reply.headers)
        reply.pipe(response)
      },
    )
    incoming.pipe(onward)
  })
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve))
})
beforeEach(() => {
  asked = []
  instead = null
})
afterAll(async () => {
  front.closeAllConnections()
  await new Promise((resolve) => front.close(resolve))
  await store.stop()
})

const address = () => `http://127.0.0.1:${(front.address() as AddressInfo).port}`
const environment = (more: Record<string, string> = {}) => ({
  NODE_ENV: 'test',
  LOCAL_DOMAIN: 'social.test',
  LOCAL_HTTPS: 'true',
  S3_ENABLED: 'true',
  S3_BUCKET: 'files',
  S3_ENDPOINT: address(),
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'secret',
  ...more,
})
const storage = (more: Record<string, string> = {}): Storage => createStorage(loadConfig(environment(more)))
const put = (options: Record<string, string> = {}, key = 'a.png') =>
  storage(options).put(key, Buffer.from('bytes'), PNG)

describe('what is sent with a file', () => {
  it('by default: public, immutable, signed with v4 for us-east-1, under the bucket as a path', async () => {
    await put()
    expect(asked).toHaveLength(1)
    expect(asked[0]).toMatchObject({ method: 'PUT', path: expect.stringMatching(/^\/files\/a\.png/) })
    expect(asked[0]?.headers).toMatchObject({
      'x-amz-acl': 'public-read',
      'content-type': 'image/png',
      'cache-control': 'public, max-age=315576000, immutable',
      authorization: expect.stringMatching(
        /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/us-east-1\/s3\/aws4_request/,
      ),
    })
    expect(asked[0]?.headers).not.toHaveProperty('x-amz-storage-class')
    expect(Object.keys(asked[0]?.headers ?? {}).filter((name) => name.includes('checksum'))).toEqual([])
  })

  it('S3_REGION, S3_STORAGE_CLASS, S3_PERMISSION, S3_KEY_PREFIX', async () => {
    await put({
      S3_REGION: 'fsn1',
      S3_STORAGE_CLASS: 'STANDARD_IA',
      S3_PERMISSION: 'authenticated-read',
      S3_KEY_PREFIX: 'one/two/',
    })
    expect(asked[0]?.path).toMatch(/^\/files\/one\/two\/a\.png/)
    expect(asked[0]?.headers).toMatchObject({
      'x-amz-acl': 'authenticated-read',
      'x-amz-storage-class': 'STANDARD_IA',
      authorization: expect.stringContaining('/fsn1/s3/'),
    })
  })

  it('an empty S3_PERMISSION sends no access list, not even for what is ours alone', async () => {
    await put({ S3_PERMISSION: '' })
    const options = { ...PNG, isPublic: false }
    await storage({ S3_PERMISSION: '' }).put('b.png', Buffer.from('x'), options)
    expect(asked.map(({ headers }) => headers['x-amz-acl'])).toEqual([undefined, undefined])
    await storage().put('b.png', Buffer.from('x'), options)
    expect(asked.at(-1)?.headers['x-amz-acl']).toBe('private')
  })

  it('S3_OVERRIDE_PATH_STYLE puts the bucket before the host', async () => {
    const port = new URL(address()).port
    await put({ S3_ENDPOINT: `http://localhost:${port}`, S3_OVERRIDE_PATH_STYLE: 'true' }).catch(() => {})
    // Where `files.localhost` leads to this machine, it was asked; elsewhere nobody was, at the bare host neither.
    for (const { headers, path } of asked) {
      expect(headers.host).toBe(`files.localhost:${port}`)
      expect(path).toMatch(/^\/a\.png/)
    }
  })
})

describe('S3_MULTIPART_THRESHOLD', () => {
  const bytes = Buffer.alloc(11 * 1024 * 1024, 7)
  const methods = () => asked.map(({ method, path }) => `${method} ${path.replace(/=[^&]*/g, '')}`)

  it('up to it one request, beyond it parts, as bytes and as a stream', async () => {
    await storage().put('big.png', Readable.from([bytes], { objectMode: false }), {
      ...PNG,
      length: bytes.length,
    })
    expect(methods()).toEqual([expect.stringMatching(/^PUT/)])
    expect(asked[0]?.headers['content-length']).toBe(String(bytes.length))
    asked = []
    const low = storage({ S3_MULTIPART_THRESHOLD: '1048576' })
    await low.put('parts.png', bytes, PNG)
    expect(methods()[0]).toMatch(/^POST .*uploads/)
    expect(methods().filter((line) => line.startsWith('PUT'))).toHaveLength(2)
    expect(asked[0]?.headers).toMatchObject({
      'x-amz-acl': 'public-read',
      'cache-control': expect.stringContaining('immutable'),
    })
    for (const key of ['big.png', 'parts.png'])
      expect((await buffer((await storage().get(key)).body)).equals(bytes)).toBe(true)
  })

  it('a store that fails in the middle has nothing under the name', async () => {
    instead = ({ path }) => (path.includes('partNumber=2') ? { status: 500, body: '' } : null)
    const low = storage({ S3_MULTIPART_THRESHOLD: '1048576' })
    await expect(low.put('half.png', bytes, PNG)).rejects.toThrow(UnavailableError)
    expect(await storage().stat('half.png')).toBeNull()
  })
})

describe('what goes wrong', () => {
  const failing = (times: number) => (_seen: Asked, count: number) =>
    count <= times ? { status: 503, body: '' } : null

  it('S3_RETRY_LIMIT: none by default, so many when told', async () => {
    instead = failing(1)
    await expect(put()).rejects.toThrow(UnavailableError)
    expect(asked).toHaveLength(1)
    asked = []
    await put({ S3_RETRY_LIMIT: '2' })
    expect(asked).toHaveLength(2)
  })

  it('S3_READ_TIMEOUT: a store that says nothing is given up', async () => {
    const silent = createServer(() => {})
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const S3_ENDPOINT = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`
    await expect(storage({ S3_ENDPOINT, S3_READ_TIMEOUT: '1' }).get('a.png')).rejects.toThrow(
      UnavailableError,
    )
    silent.closeAllConnections()
    silent.close()
  })

  it('S3_BATCH_DELETE_LIMIT and S3_BATCH_DELETE_RETRY', async () => {
    const keys = Array.from({ length: 5 }, (_, index) => `d/${index}.png`)
    await storage({ S3_BATCH_DELETE_LIMIT: '2' }).delete(keys)
    expect(asked.map(({ method }) => method)).toEqual(['POST', 'POST', 'POST'])
    asked = []
    instead = failing(2)
    await storage().delete(keys)
    expect(asked).toHaveLength(3)
    asked = []
    instead = failing(9)
    await expect(storage({ S3_BATCH_DELETE_RETRY: '1' }).delete(keys)).rejects.toThrow(UnavailableError)
    expect(asked).toHaveLength(2)
  })

  it('only the keys that were not deleted are asked for again', async () => {
    instead = (_seen, count) =>
      count === 1
        ? {
            status: 200,
            body: '<DeleteResult><Error><Key>x/1.png</Key><Code>InternalError</Code></Error></DeleteResult>',
          }
        : null
    await storage().delete(['x/1.png', 'x/2.png'])
    expect(Number(asked[1]?.headers['content-length'])).toBeLessThan(
      Number(asked[0]?.headers['content-length']),
    )
  })
})

describe('reading', () => {
  it('is one request, with S3_FORCE_SINGLE_REQUEST and without', async () => {
    await put()
    for (const S3_FORCE_SINGLE_REQUEST of ['true', 'false']) {
      asked = []
      await buffer((await storage({ S3_FORCE_SINGLE_REQUEST }).get('a.png')).body)
      expect(asked.map(({ method }) => method)).toEqual(['GET'])
    }
  })

  it('S3_ENABLE_CHECKSUM_MODE asks for the checksum', async () => {
    await put()
    asked = []
    await buffer((await storage({ S3_ENABLE_CHECKSUM_MODE: 'true' }).get('a.png')).body)
    await buffer((await storage().get('a.png')).body)
    expect(asked.map(({ headers }) => headers['x-amz-checksum-mode'])).toEqual(['ENABLED', undefined])
  })

  it('S3_SIGNATURE_VERSION is v4, and another is refused at the start', () => {
    expect(() => storage({ S3_SIGNATURE_VERSION: 'v4' })).not.toThrow()
    expect(() => storage({ S3_SIGNATURE_VERSION: 's3' })).toThrow(StartError)
  })
})

describe('signed addresses', () => {
  // The example of Amazon's own documentation.
  it("are signed as the store's maker says", async () => {
    const sdk = await import('@aws-sdk/client-s3')
    const client = new sdk.S3Client({
      region: 'us-east-1',
      endpoint: 'https://s3.amazonaws.com',
      credentials: {
        accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
        secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      },
    })
    const url = await signedS3Url(
      { sdk, client },
      { Bucket: 'examplebucket', Key: 'test.txt' },
      86_400,
      new Date('2013-05-24T00:00:00Z'),
    )
    const { host, pathname, searchParams } = new URL(url)
    expect([host, pathname]).toEqual(['examplebucket.s3.amazonaws.com', '/test.txt'])
    expect(Object.fromEntries(searchParams)).toEqual({
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Credential': 'AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request',
      'X-Amz-Date': '20130524T000000Z',
      'X-Amz-Expires': '86400',
      'X-Amz-SignedHeaders': 'host',
      'X-Amz-Signature': 'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
    })
  })

  it('give the file to whoever has them', async () => {
    const secret = 'backups/dumps/000/000/001/original/a b.zip'
    const s3 = storage({ S3_KEY_PREFIX: 'p' })
    await s3.put(secret, Buffer.from('mine'), { contentType: 'application/zip', isPublic: false })
    const url = (await s3.signedUrl(secret, 3_600)) ?? ''
    expect(new URL(url).searchParams.get('X-Amz-Expires')).toBe('3600')
    expect(new URL(url).pathname).toBe('/files/p/backups/dumps/000/000/001/original/a%20b.zip')
    expect(await (await fetch(url)).text()).toBe('mine')
  })
})
