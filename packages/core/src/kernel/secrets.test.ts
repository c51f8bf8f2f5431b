import { generateSecrets, generateVapidKeys } from './secrets.ts'

describe('generateSecrets', () => {
  it('gives every secret a value of the documented length', () => {
    const secrets = generateSecrets()
    expect(secrets.SECRET_KEY_BASE).toMatch(/^[0-9a-f]{128}$/)
    expect(secrets.ACTIVE_RECORD_ENCRYPTION_PRIMARY_KEY).toMatch(/^[A-Za-z0-9]{32}$/)
    expect(new Set(Object.values(secrets)).size).toBe(Object.keys(secrets).length)
  })
})

describe('generateVapidKeys', () => {
  it('gives a P-256 point and a 32-byte scalar', () => {
    const keys = generateVapidKeys()
    expect(Buffer.from(keys.VAPID_PUBLIC_KEY, 'base64url')).toHaveLength(65)
    expect(Buffer.from(keys.VAPID_PUBLIC_KEY, 'base64url')[0]).toBe(4)
    expect(Buffer.from(keys.VAPID_PRIVATE_KEY, 'base64url')).toHaveLength(32)
  })
})
