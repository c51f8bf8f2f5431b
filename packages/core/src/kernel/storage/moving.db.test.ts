import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { type FauxqsServer, startFauxqs } from 'fauxqs'
import { type Config, loadConfig } from '../config.ts'
import { NotFoundError, StartError } from '../errors.ts'
import { createStorage, createStore, type Storage } from './index.ts'

const PNG = { contentType: 'image/png' }
let folder: string
let store: FauxqsServer

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anancus-moving-'))
  store = await startFauxqs({ port: 0, logger: false })
})
afterAll(async () => {
  await store.stop()
  await rm(folder, { recursive: true, force: true })
})

const configOf = (more: Record<string, string>): Config =>
  loadConfig({
    NODE_ENV: 'test',
    LOCAL_DOMAIN: 'social.test',
    LOCAL_HTTPS: 'true',
    PAPERCLIP_ROOT_PATH: join(folder, 'system'),
    S3_BUCKET: 'files',
    S3_ENDPOINT: store.address,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    ...more,
  })

describe.each([
  ['local', 's3'],
  ['s3', 'local'],
] as const)('from %s to %s', (from, to) => {
  let [moving, old, main]: Storage[] = []
  const read = async (storage: Storage | undefined, key: string) => {
    const found = await storage?.get(key)
    return found && text(found.body)
  }

  beforeEach(async () => {
    store.createBucket('files')
    store.emptyBucket('files')
    await rm(join(folder, 'system'), { recursive: true, force: true })
    const config = configOf({ S3_ENABLED: String(to === 's3'), MEDIA_MOVING_FROM: from })
    moving = createStorage(config)
    old = createStore(config, from)
    main = createStore(config, to)
    await old.put('x/old.png', Buffer.from('old'), PNG)
  })

  it('puts into the new, reads from both, and says where all of it is to be had', async () => {
    await moving?.put('x/new.png', Buffer.from('new'), PNG)
    expect(await old?.stat('x/new.png')).toBeNull()
    expect([await read(moving, 'x/old.png'), await read(moving, 'x/new.png')]).toEqual(['old', 'new'])
    expect(await moving?.stat('x/old.png')).toMatchObject({ bytes: 3 })
    expect(await moving?.stat('x/none.png')).toBeNull()
    await expect(moving?.get('x/none.png')).rejects.toThrow(NotFoundError)
    expect(moving?.url('x/old.png')).toBe('https://social.test/system/x/old.png')
  })

  it('deletes in both', async () => {
    await main?.put('x/old.png', Buffer.from('old'), PNG)
    await moving?.delete(['x/old.png'])
    expect([await old?.stat('x/old.png'), await main?.stat('x/old.png')]).toEqual([null, null])
  })

  it('finds what moves between two looks', async () => {
    const config = configOf({ S3_ENABLED: String(to === 's3'), MEDIA_MOVING_FROM: from })
    const { createMovingStorage } = await import('./moving.ts')
    const late: Storage = {
      ...(main as Storage),
      get: (() => {
        let looks = 0
        return async (key: string) => {
          looks += 1
          if (looks > 1) return (main as Storage).get(key)
          await main?.put(key, Buffer.from('moved'), PNG)
          await old?.delete([key])
          throw new NotFoundError()
        }
      })(),
    }
    expect(await read(createMovingStorage(config, late, old as Storage), 'x/old.png')).toBe('moved')
  })
})

it('says at the start that files cannot move from where they are kept', () => {
  expect(() => configOf({ MEDIA_MOVING_FROM: 'local' })).toThrow(StartError)
  expect(() => configOf({ MEDIA_MOVING_FROM: 's3', S3_ENABLED: 'true' })).toThrow(StartError)
  expect(() => configOf({ MEDIA_MOVING_FROM: 's3', S3_BUCKET: '' })).toThrow(StartError)
  expect(() => configOf({ MEDIA_MOVING_FROM: 'elsewhere' })).toThrow(StartError)
})
