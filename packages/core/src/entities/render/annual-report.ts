import type { GeneratedAnnualReportRow } from '@anancus/db'
import { accountIn, type Graph } from '../../graph/index.ts'
import type { AnnualReport, AnnualReportData } from '../types/index.ts'

/** @see https://docs.joinmastodon.org/entities/AnnualReport/ */
export function annualReportJson(graph: Graph, row: GeneratedAnnualReportRow): AnnualReport {
  const { username } = accountIn(graph, row.account_id)
  return {
    year: row.year,
    data: row.data as AnnualReportData,
    schema_version: row.schema_version,
    share_url:
      row.share_key === null
        ? null
        : `${graph.uris.baseUrl}/@${username}/wrapstodon/${row.year}/${row.share_key}`,
    account_id: row.account_id,
  }
}
