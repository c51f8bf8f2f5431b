import { generateKeyPair, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import type { Db } from '../src/connection.ts'
import { EVERYONE_ROLE_ID, INSTANCE_ACTOR_ID } from '../src/enums.ts'
import { type Permission, permissionMask } from '../src/permissions.ts'
import { RESERVED_NAMES } from './reserved-names.ts'

export interface EssentialsOptions {
  localDomain: string
  /** `https://social.example`, without a trailing slash. */
  baseUrl: string
  /** The instance actor's keys; made when absent. */
  keys?: { publicKey: string; privateKey: string }
}

const MODERATOR: Permission[] = [
  'view_dashboard',
  'view_audit_log',
  'manage_users',
  'manage_reports',
  'manage_taxonomies',
]
const ADMIN: Permission[] = [
  ...MODERATOR,
  'manage_user_access',
  'delete_user_data',
  'manage_appeals',
  'manage_federation',
  'manage_settings',
  'manage_blocks',
  'manage_rules',
  'manage_announcements',
  'manage_custom_emojis',
  'manage_invites',
  'manage_webhooks',
  'manage_roles',
]
const ROLES = [
  { name: 'Moderator', position: 10, permissions: permissionMask(...MODERATOR) },
  { name: 'Admin', position: 100, permissions: permissionMask(...ADMIN) },
  { name: 'Owner', position: 1000, permissions: permissionMask('administrator') },
]

/**
 * Makes what no instance can be without: the roles, the instance actor, the application of the bundled web client and
 * the reserved names. Safe to run again: what is there stays as it is.
 */
export async function seedEssentials(db: Db, options: EssentialsOptions): Promise<void> {
  await seedRoles(db)
  await seedInstanceActor(db, options)
  await seedWebApplication(db, options)
  await seedReservedNames(db)
}

async function seedRoles(db: Db): Promise<void> {
  await db('user_roles')
    .insert({ id: EVERYONE_ROLE_ID, position: -1, permissions: permissionMask('invite_users') })
    .onConflict('id')
    .ignore()
  const known = await db('user_roles').whereNot('id', EVERYONE_ROLE_ID).first('id')
  // Whoever deleted or renamed a role meant it: they are made on an empty table only.
  if (!known) await db('user_roles').insert(ROLES.map((role) => ({ ...role, highlighted: true })))
}

async function seedInstanceActor(db: Db, options: EssentialsOptions): Promise<void> {
  if (await db('accounts').where('id', INSTANCE_ACTOR_ID).first('id')) return
  const keys = options.keys ?? (await makeKeys())
  await db('accounts')
    .insert({
      id: INSTANCE_ACTOR_ID,
      username: 'mastodon.internal',
      actor_type: 'Application',
      locked: true,
      public_key: keys.publicKey,
      private_key: keys.privateKey,
      uri: '',
    })
    .onConflict('id')
    .ignore()
}

async function makeKeys(): Promise<{ publicKey: string; privateKey: string }> {
  return promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  })
}

async function seedWebApplication(db: Db, { baseUrl }: EssentialsOptions): Promise<void> {
  if (await db('oauth_applications').where('superapp', true).first('id')) return
  await db('oauth_applications').insert({
    name: 'Web',
    superapp: true,
    redirect_uri: 'urn:ietf:wg:oauth:2.0:oob',
    scopes: 'read write follow push',
    website: baseUrl,
    uid: randomBytes(32).toString('base64url'),
    secret: randomBytes(32).toString('base64url'),
  })
}

async function seedReservedNames(db: Db): Promise<void> {
  if (await db('username_blocks').first('id')) return
  await db('username_blocks').insert(RESERVED_NAMES).onConflict(db.raw('(lower(username))')).ignore()
}
