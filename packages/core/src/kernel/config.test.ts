import { loadConfig } from './config.ts'
import { StartError } from './errors.ts'

const PRODUCTION = {
  NODE_ENV: 'production',
  LOCAL_DOMAIN: 'social.example',
  SECRET_KEY_BASE: 'a',
  ACTIVE_RECORD_ENCRYPTION_PRIMARY_KEY: 'b',
  ACTIVE_RECORD_ENCRYPTION_DETERMINISTIC_KEY: 'c',
  ACTIVE_RECORD_ENCRYPTION_KEY_DERIVATION_SALT: 'd',
}

function refusal(environment: Record<string, string>): string {
  try {
    loadConfig(environment)
  } catch (error) {
    expect(error).toBeInstanceOf(StartError)
    return (error as Error).message
  }
  throw new Error('The configuration was accepted.')
}

describe('loadConfig', () => {
  it('reads names that Mastodon gave up, where the new one is not set', () => {
    const old = {
      WHITELIST_MODE: 'true',
      EMAIL_DOMAIN_WHITELIST: 'a.test',
      EMAIL_DOMAIN_BLACKLIST: 'b.test',
    }
    expect(loadConfig(old).env).toMatchObject({
      LIMITED_FEDERATION_MODE: true,
      EMAIL_DOMAIN_ALLOWLIST: 'a.test',
      EMAIL_DOMAIN_DENYLIST: 'b.test',
    })
    expect(loadConfig({ ...old, LIMITED_FEDERATION_MODE: 'false' }).env.LIMITED_FEDERATION_MODE).toBe(false)
  })

  it('gives the defaults of a development instance', () => {
    const config = loadConfig({})
    expect(config.baseUrl).toBe('http://localhost:3000')
    expect(config.env.DB_PORT).toBe(5432)
    expect(config.env.PREPARED_STATEMENTS).toBe(true)
    expect(config.env.ALLOWED_PRIVATE_HOSTS).toEqual([])
  })

  it('tells the web domain from the domain in handles', () => {
    const config = loadConfig({
      ...PRODUCTION,
      WEB_DOMAIN: 'Web.Social.Example',
      ALTERNATE_DOMAINS: 'old.example, older.example',
    })
    expect(config.baseUrl).toBe('https://web.social.example')
    expect(config.localDomain).toBe('social.example')
    expect([...config.ownHosts]).toEqual([
      'social.example',
      'web.social.example',
      'old.example',
      'older.example',
    ])
  })

  it('lists everything that is wrong in one message', () => {
    const message = refusal({
      ...PRODUCTION,
      SECRET_KEY_BASE: '',
      DB_PORT: 'x',
      LOCAL_DOMAIN: 'https://social.example',
      S3_ENABLED: 'yes',
    })
    expect(message.split('\n')).toEqual([
      'The configuration is not usable:',
      '  - LOCAL_DOMAIN must be a bare host name such as social.example.com, not "https://social.example"',
      '  - DB_PORT must be a whole number from 1 to 65535, not "x"',
      '  - S3_ENABLED must be true or false, not "yes"',
      '  - SECRET_KEY_BASE is not set',
    ])
  })

  it.each([
    [
      'sample secrets',
      { SECRET_KEY_BASE: 'x DO_NOT_USE_IN_PRODUCTION' },
      'SECRET_KEY_BASE still has its sample value',
    ],
    [
      'a switch that turns certificate checks off (SEC-AUTH-13)',
      { NODE_TLS_REJECT_UNAUTHORIZED: '0' },
      'NODE_TLS_REJECT_UNAUTHORIZED',
    ],
    [
      'everybody as a proxy (SEC-RATE-02)',
      { TRUSTED_PROXY_IP: 'true' },
      'TRUSTED_PROXY_IP must name proxies',
    ],
    ['a bucket without a name', { S3_ENABLED: 'true' }, 'S3_BUCKET is not set'],
    ['a namespace of old', { REDIS_NAMESPACE: 'x' }, 'REDIS_NAMESPACE'],
    ['an unknown TLS mode', { DB_SSLMODE: 'maybe' }, 'DB_SSLMODE must be one of'],
  ])('refuses %s', (_, environment: Record<string, string>, message) => {
    expect(refusal({ ...PRODUCTION, ...environment })).toContain(message)
  })

  it('is frozen', () => {
    expect(Object.isFrozen(loadConfig({}))).toBe(true)
  })
})
