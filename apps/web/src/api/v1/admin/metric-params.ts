import type { MetricParams } from '@anancus/core/domain/metrics'
import { booleanParam, hashParam, stringParam } from '../../../http/params.ts'

const NEEDS_ONE = /^(tag|instance)_/

const ofOne = hashParam({ id: stringParam, domain: stringParam, include_subdomains: booleanParam })

/** `instance_accounts[domain]`, `tag_uses[id]`: a hash for each key that is about one server or hashtag. */
export function metricParams(keys: readonly string[]): Record<string, typeof ofOne> {
  return Object.fromEntries(keys.filter((key) => NEEDS_ONE.test(key)).map((key) => [key, ofOne]))
}

/** Reads what was sent for a key; undefined for nothing, an empty hash included. */
export function metricParamsOf(params: object): (key: string) => MetricParams | undefined {
  return (key) => {
    const sent = (params as Record<string, ReturnType<(typeof ofOne)['parse']>>)[key]
    if (!sent || Object.values(sent).every((value) => value === undefined)) return undefined
    return { id: sent.id, domain: sent.domain, includeSubdomains: sent.include_subdomains }
  }
}
