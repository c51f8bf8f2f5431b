import type { MetricParams } from '@anancus/core/domain/metrics'
import { arrayParam, booleanParam, hashParam, stringParam } from '../../../http/params.ts'

const NEEDS_ONE = /^(tag|instance)_/

const ofOne = hashParam({ id: stringParam, domain: stringParam, include_subdomains: booleanParam })

/** What every question about numbers takes, and for each key that is about one server or hashtag a hash of its own. */
export function metricParams(keys: readonly string[]) {
  return {
    keys: arrayParam({ wrap: true }),
    start_at: stringParam,
    end_at: stringParam,
    ...hashesFor(keys),
  }
}

/** `instance_accounts[domain]`, `tag_uses[id]`. */
function hashesFor(keys: readonly string[]): Record<string, typeof ofOne> {
  return Object.fromEntries(keys.filter((key) => NEEDS_ONE.test(key)).map((key) => [key, ofOne]))
}

interface Asked {
  keys?: readonly string[] | undefined
  start_at?: string | undefined
  end_at?: string | undefined
}

/** What was asked, as the room takes it. */
export function askedMetrics(params: Asked) {
  return {
    keys: params.keys ?? [],
    startAt: params.start_at,
    endAt: params.end_at,
    params: (key: string) => sentFor(params, key),
  }
}

/** What was sent for a key; undefined for nothing, an empty hash included. */
function sentFor(params: object, key: string): MetricParams | undefined {
  const sent = (params as Record<string, ReturnType<(typeof ofOne)['parse']>>)[key]
  if (!sent || Object.values(sent).every((value) => value === undefined)) return undefined
  return { id: sent.id, domain: sent.domain, includeSubdomains: sent.include_subdomains }
}
