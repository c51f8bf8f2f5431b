import type { Schema } from '../../src/api/openapi/schema.ts'
import type { WalkedOperation } from './operations.ts'
import type { WalkTown } from './town.ts'

const DAY_MS = 86_400_000
/** Keys as a browser's subscription has them, of RFC 8291's example. */
const P256DH = 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4'
const AUTH = 'BTBZMqHH6r4Tts7J_aSIgg'

/** Good values by the names of parameters, so that a walk comes past the first check of a route. */
function samples(path: string, town: WalkTown): Record<string, unknown> {
  const bob = town.bob.account.id
  return {
    acct: 'bob',
    agreement: true,
    account_id: bob,
    client_id: town.application.uid,
    client_secret: town.application.secret,
    data: { alerts: { mention: true }, policy: 'all' },
    grant_type: 'client_credentials',
    password: 'correct horse battery',
    quote_approval_policy: 'nobody',
    subscription: {
      endpoint: 'https://push.example/send/walk',
      keys: { auth: AUTH, p256dh: P256DH },
    },
    token: 'none',
    date_of_birth: '1990-01-01',
    email: 'walker@mail.test',
    account_ids: [bob],
    choices: ['0'],
    client_name: 'Walker',
    context: ['home'],
    domain: 'hidden.example',
    end_at: new Date().toISOString(),
    expires_in: '3600',
    frequency: 'day',
    home: { last_read_id: town.own.id },
    id: [bob],
    ids: [bob],
    ip: '203.0.113.9/32',
    keys: ['new_users'],
    keyword: 'wren',
    name: 'wren',
    phrase: 'wren',
    q: 'wren',
    redirect_uris: 'https://app.example/back',
    severity: path.includes('ip_blocks') ? 'no_access' : 'silence',
    scheduled_at: new Date(Date.now() + DAY_MS).toISOString(),
    start_at: new Date(Date.now() - DAY_MS).toISOString(),
    sensitive: false,
    discoverable: true,
    description: 'Of a walk',
    status: 'A walk',
    status_id: town.status.id,
    title: 'Walk',
    type: 'none',
    url: `https://social.test/@ada/${town.own.id}`,
    timeline: ['home'],
    types: ['favourite'],
    visibility: 'public',
    in_reply_to_id: town.own.id,
    username: 'walker',
  }
}

/** Parameters that change what the others mean; a walk sends them only to try them. */
const LEFT_OUT = new Set([
  'scheduled_at',
  'poll',
  'media_ids',
  'quoted_status_id',
  'in_reply_to_id',
  'resolve',
  'avatar',
  'header',
  'file',
  'thumbnail',
  'max_id',
  'min_id',
  'since_id',
  'offset',
  'limit',
])

/** What a reasonable client would send. */
export function sampleOf(operation: WalkedOperation, town: WalkTown): Record<string, unknown> {
  const known = samples(operation.path, town)
  const keepsTime = operation.path.includes('scheduled_statuses')
  return Object.fromEntries(
    operation.parameters
      .filter(
        ({ name, in: place }) =>
          place !== 'path' && (!LEFT_OUT.has(name) || (keepsTime && name === 'scheduled_at')),
      )
      .flatMap(({ name, schema }) => {
        const value = known[name] ?? fallback(schema)
        return value === undefined ? [] : [[name, value]]
      }),
  )
}

function fallback(schema: Schema): unknown {
  if (schema.default !== undefined) return schema.default
  return [schema.type].flat().includes('boolean') ? true : undefined
}

/** Names and values as a form has them: `a[]=1`, `a[b]=1`. */
export function pairsOf(tree: Record<string, unknown>): [string, string][] {
  return Object.entries(tree).flatMap(([name, value]) => pairsFor(name, value))
}

function pairsFor(name: string, value: unknown): [string, string][] {
  if (Array.isArray(value)) return value.flatMap((item) => pairsFor(`${name}[]`, item))
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, item]) => pairsFor(`${name}[${key}]`, item))
  return [[name, value === null ? '' : String(value)]]
}

/** Node reads 16 KiB of headers, and a page's links repeat its query twice. */
const LONGEST_QUERY = 5_000

export function queryOf(tree: Record<string, unknown>): string {
  const query = new URLSearchParams(pairsOf(tree)).toString()
  return query.length <= LONGEST_QUERY ? query : query.slice(0, LONGEST_QUERY).replace(/%[0-9A-F]?$/, '')
}
