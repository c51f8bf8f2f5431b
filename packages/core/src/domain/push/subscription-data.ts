import type { WebPushSubscriptionRow } from '@anancus/db'
import { NOTIFICATION_TYPES } from '../../entities/types/index.ts'

/** What a subscription wants to be told of. */
export interface PushData {
  /** Whose notifications: `all`, `followed`, `follower` or `none`; what is none of these is told nothing. */
  policy?: string
  /** By notification type; what is missing is off. */
  alerts?: Record<string, boolean>
}

/** What a client sent, with the types we know. */
export interface PushDataParams {
  policy?: string | undefined
  alerts?: Record<string, boolean | undefined> | undefined
}

const LONGEST_POLICY = 255

/** Keeps what a client sent and can mean something; alerts of unknown types go. */
export function pushDataFrom(params: PushDataParams | undefined): PushData {
  const { policy, alerts } = params ?? {}
  return {
    ...(policy === undefined ? {} : { policy: policy.slice(0, LONGEST_POLICY) }),
    ...(alerts === undefined ? {} : { alerts: knownAlerts(alerts) }),
  }
}

function knownAlerts(alerts: Record<string, boolean | undefined>): Record<string, boolean> {
  return Object.fromEntries(
    NOTIFICATION_TYPES.flatMap((type) => {
      const value = Object.hasOwn(alerts, type) ? alerts[type] : undefined
      return value === undefined ? [] : [[type, value]]
    }),
  )
}

/** The data of a browser session: everything or nothing, with the client's own choices over it. */
export function sessionPushData(params: PushDataParams | undefined, alertsOn: boolean): PushData {
  const chosen = pushDataFrom(params)
  const alerts = Object.fromEntries(NOTIFICATION_TYPES.map((type) => [type, alertsOn]))
  return { policy: chosen.policy ?? 'all', alerts: { ...alerts, ...chosen.alerts } }
}

/** Words that mean no, in rows of Mastodon's too. */
const NO = new Set(['', '0', 'f', 'false', 'off', 'null'])

/** Reads a stored row; old ones hold text where booleans are meant. */
export function pushDataOf(row: Pick<WebPushSubscriptionRow, 'data'>): Required<PushData> {
  const data = isHash(row.data) ? row.data : {}
  const alerts = isHash(data.alerts) ? data.alerts : {}
  return {
    policy: typeof data.policy === 'string' ? data.policy : 'all',
    alerts: Object.fromEntries(
      Object.entries(alerts).map(([type, value]) => [type, !NO.has(String(value).toLowerCase())]),
    ),
  }
}

function isHash(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** How recipient and sender of a notification stand to each other. */
export interface PushFacts {
  following: boolean
  followed: boolean
}

/** Whether a subscription wants this notification. */
export function wantsPush(data: Required<PushData>, type: string, facts: PushFacts): boolean {
  if (!Object.hasOwn(data.alerts, type) || !data.alerts[type]) return false
  if (data.policy === 'all') return true
  if (data.policy === 'followed') return facts.following
  return data.policy === 'follower' && facts.followed
}
