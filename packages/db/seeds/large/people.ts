import type { Db } from '../../src/connection.ts'
import { ID_SCHEMES, stored } from '../../src/enums.ts'
import { copyInto, type Value } from './copy.ts'
import { isLocal, type Plan } from './plan.ts'
import { chance, zipf } from './random.ts'
import { sentence } from './words.ts'

/** What all made-up logins share: nobody waits for a thousand key pairs and password hashes. */
export interface SharedSecrets {
  publicKey: string
  privateKey: string
  encryptedPassword: string
}

export const usernameOf = (plan: Plan, account: number) =>
  isLocal(plan, account) ? `local${account}` : `remote${account - plan.size.localAccounts}`

export async function copyPeople(db: Db, plan: Plan, secrets: SharedSecrets): Promise<void> {
  await copyInto(db, 'accounts', ACCOUNT_COLUMNS, accountRows(plan, secrets))
  await copyInto(db, 'users', USER_COLUMNS, userRows(plan, secrets))
}

const ACCOUNT_COLUMNS = [
  'id',
  'username',
  'domain',
  'display_name',
  'note',
  'uri',
  'url',
  'inbox_url',
  'outbox_url',
  'shared_inbox_url',
  'followers_url',
  'following_url',
  'public_key',
  'private_key',
  'protocol',
  'actor_type',
  'discoverable',
  'indexable',
  'locked',
  'id_scheme',
  'last_webfingered_at',
  'created_at',
  'updated_at',
]
const DISCOVERABLE = 0.6
const INDEXABLE = 0.4
const LOCKED = 0.1

function* accountRows(plan: Plan, { publicKey, privateKey }: SharedSecrets): Generator<Value[]> {
  const dice = chance(2)
  for (const [account, id] of plan.accountIds.entries()) {
    const domain = plan.domains[account] as string | null
    const name = usernameOf(plan, account)
    const uri = domain === null ? '' : `https://${domain}/users/${name}`
    const made = new Date(Number(id >> 16n))
    const below = (path: string) => (uri === '' ? '' : `${uri}/${path}`)
    const note = sentence(dice, 'en', 12)
    yield [
      id,
      name,
      domain,
      `${sentence(dice, 'en', 2).slice(0, -1)} ${account}`.slice(0, 30),
      domain === null ? note : `<p>${note}</p>`,
      uri,
      domain === null ? null : `https://${domain}/@${name}`,
      below('inbox'),
      below('outbox'),
      domain === null ? '' : `https://${domain}/inbox`,
      below('followers'),
      below('following'),
      publicKey,
      domain === null ? privateKey : null,
      1,
      'Person',
      dice.happens(DISCOVERABLE),
      dice.happens(INDEXABLE),
      dice.happens(LOCKED),
      domain === null ? stored(ID_SCHEMES, 'username') : null,
      domain === null ? null : plan.now,
      made,
      made,
    ]
  }
}

const USER_COLUMNS = [
  'account_id',
  'email',
  'encrypted_password',
  'locale',
  'approved',
  'confirmed_at',
  'current_sign_in_at',
  'last_sign_in_at',
  'created_at',
  'updated_at',
]
const DAY_MS = 86_400_000

function* userRows(plan: Plan, { encryptedPassword }: SharedSecrets): Generator<Value[]> {
  const dice = chance(3)
  for (let account = 0; account < plan.size.localAccounts; account++) {
    const id = plan.accountIds[account] as bigint
    const made = new Date(Number(id >> 16n))
    const seen = new Date(plan.now.getTime() - zipf(dice, 60) * DAY_MS)
    yield [id, `local${account}@large.example`, encryptedPassword, 'en', true, made, seen, seen, made, seen]
  }
}
