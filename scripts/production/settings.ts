import { createECDH, randomBytes } from 'node:crypto'

/** The least that production asks for, as an operator would write it. */
export function productionSettings(servers: { databaseUrl: string; redisUrl: string; redisPrefix?: string }) {
  const vapid = createECDH('prime256v1')
  vapid.generateKeys()
  return {
    LOCAL_DOMAIN: 'social.example.com',
    SECRET_KEY_BASE: randomBytes(64).toString('hex'),
    ACTIVE_RECORD_ENCRYPTION_PRIMARY_KEY: randomBytes(16).toString('hex'),
    ACTIVE_RECORD_ENCRYPTION_DETERMINISTIC_KEY: randomBytes(16).toString('hex'),
    ACTIVE_RECORD_ENCRYPTION_KEY_DERIVATION_SALT: randomBytes(16).toString('hex'),
    VAPID_PRIVATE_KEY: vapid.getPrivateKey().toString('base64url'),
    VAPID_PUBLIC_KEY: vapid.getPublicKey().toString('base64url'),
    DATABASE_URL: servers.databaseUrl,
    REDIS_URL: servers.redisUrl,
    ...(servers.redisPrefix ? { REDIS_PREFIX: servers.redisPrefix } : {}),
  }
}
