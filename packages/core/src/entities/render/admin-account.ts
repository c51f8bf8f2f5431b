import type { LoginFacts } from '@anancus/db/queries/admin-accounts'
import type { CitedRule, FullReport } from '@anancus/db/queries/reports'
import { accountIn, type AdminFacts, type Graph, isComplete } from '../../graph/index.ts'
import type { AdminAccount, AdminReport, Rule } from '../types/index.ts'
import { accountJson } from './account.ts'
import { toIso } from './dates.ts'
import { reportBase } from './report.ts'
import { roleJson } from './role.ts'
import { statusJson } from './status.ts'

/** @see https://docs.joinmastodon.org/entities/Admin_Account/ */
export function adminAccountJson(graph: Graph, facts: AdminFacts, id: string): AdminAccount {
  const account = accountIn(graph, id)
  const login = facts.logins.get(id)
  return {
    id,
    username: account.username,
    domain: account.domain,
    created_at: toIso(account.created_at),
    ...loginPart(login),
    suspended: account.suspended_at !== null,
    silenced: account.silenced_at !== null,
    sensitized: account.sensitized_at !== null,
    account: accountJson(graph, id),
    role: login ? roleJson(login.role, { permissions: facts.everyonePermissions }) : null,
    ...(login?.created_by_application_id
      ? { created_by_application_id: login.created_by_application_id }
      : {}),
    ...(login?.invited_by_account_id ? { invited_by_account_id: login.invited_by_account_id } : {}),
  }
}

function loginPart(login: LoginFacts | undefined) {
  return {
    email: login?.email ?? null,
    ip: login?.ips[0]?.ip ?? null,
    confirmed: login?.confirmed ?? null,
    disabled: login?.disabled ?? null,
    approved: login?.approved ?? null,
    locale: login?.locale ?? null,
    invite_request: login?.invite_request ?? null,
    ips: login?.ips.map(({ ip, used_at }) => ({ ip, used_at: toIso(used_at) })) ?? null,
  }
}

/** @see https://docs.joinmastodon.org/entities/Admin_Report/ */
export function adminReportJson(graph: Graph, facts: AdminFacts, report: FullReport): AdminReport {
  const account = (id: string) => adminAccountJson(graph, facts, id)
  const orNull = (id: string | null) => (id !== null && graph.accounts.get(id) ? account(id) : null)
  return {
    ...reportBase(report),
    updated_at: toIso(report.updated_at),
    account: account(report.account_id),
    target_account: account(report.target_account_id),
    assigned_account: orNull(report.assigned_account_id),
    action_taken_by_account: orNull(report.action_taken_by_account_id),
    statuses: report.status_ids.filter((id) => isComplete(graph, id)).map((id) => statusJson(graph, id)),
    rules: (report.rule_ids ?? []).flatMap((id) => facts.rules.get(id) ?? []).map(ruleJson),
  }
}

function ruleJson({ id, text, hint, translations }: CitedRule): Rule {
  const byLanguage = translations.map((each) => [each.language, { text: each.text, hint: each.hint }])
  return { id, text, hint, translations: Object.fromEntries(byLanguage) }
}
