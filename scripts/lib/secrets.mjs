import { createECDH, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { readEnvFile, writeEnvFile } from './env-file.mjs'

const COMMENT =
  'Secrets of this development instance, made once. Do not share them, and do not use them in production.'

/** The secrets kept in the data folder; what is missing is made and kept. */
export function developmentSecrets(dataFolder) {
  const file = join(dataFolder, 'development.env')
  const known = readEnvFile(file)
  const all = { ...makeSecrets(), ...known }
  if (Object.keys(all).length > Object.keys(known).length) writeEnvFile(file, all, COMMENT)
  return all
}

function makeSecrets() {
  const vapid = createECDH('prime256v1')
  vapid.generateKeys()
  return {
    SECRET_KEY_BASE: randomBytes(64).toString('hex'),
    ACTIVE_RECORD_ENCRYPTION_PRIMARY_KEY: randomBytes(16).toString('hex'),
    ACTIVE_RECORD_ENCRYPTION_DETERMINISTIC_KEY: randomBytes(16).toString('hex'),
    ACTIVE_RECORD_ENCRYPTION_KEY_DERIVATION_SALT: randomBytes(16).toString('hex'),
    VAPID_PRIVATE_KEY: vapid.getPrivateKey().toString('base64url'),
    VAPID_PUBLIC_KEY: vapid.getPublicKey().toString('base64url'),
    ANANCUS_POSTGRES_PASSWORD: randomBytes(12).toString('hex'),
  }
}
