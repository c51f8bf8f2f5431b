import type { Client, estypes } from '@elastic/elasticsearch'
import type { Ctx } from '../../../kernel/context.ts'
import { UnavailableError } from '../../../kernel/errors.ts'
import { counter } from '../../../kernel/metrics.ts'
import type { Entry } from './documents.ts'

const rejected = counter(
  'anancus_search_rejected_total',
  'Documents that Elasticsearch refused to take; see the log.',
)

export interface Written {
  indexed: number
  removed: number
}

/**
 * Writes entries into an index in one request. Whatever is there already and was read later stays; what is to go and is
 * not there is no error. A document that is refused for what it is, is told in the log and left out.
 *
 * @param alias must be there: nothing is made by writing
 * @returns null when the alias is not there
 * @throws UnavailableError Elasticsearch is too busy
 */
export async function writeEntries(
  ctx: Ctx,
  client: Client,
  alias: string,
  entries: readonly Entry[],
): Promise<Written | null> {
  const written: Written = { indexed: 0, removed: 0 }
  if (entries.length === 0) return written
  const answer = await client.bulk({ operations: entries.flatMap((entry) => operationOf(alias, entry)) })
  for (const item of answer.items) {
    const outcome = item.index ?? item.delete
    if (!outcome) continue
    if (outcome.error?.type === 'index_not_found_exception') return null
    if (outcome.status === 429 || outcome.status >= 500)
      throw new UnavailableError(`Elasticsearch is too busy: ${outcome.error?.reason ?? outcome.status}`)
    if (item.index && outcome.status < 300) written.indexed += 1
    else if (item.delete && outcome.status < 300) written.removed += 1
    else if (!isSettled(outcome)) {
      rejected.inc()
      ctx.log.error({ alias, id: outcome._id, error: outcome.error }, 'Elasticsearch refused a document')
    }
  }
  return written
}

/** A later version is there (409), or nothing is there that could go (404). */
function isSettled(outcome: estypes.BulkResponseItem): boolean {
  return outcome.status === 409 || (outcome.status === 404 && !outcome.error)
}

function operationOf(alias: string, { id, version, document }: Entry) {
  const where = {
    _index: alias,
    _id: id,
    version,
    version_type: 'external' as const,
  }
  return document === null ? [{ delete: where }] : [{ index: { ...where, require_alias: true } }, document]
}
