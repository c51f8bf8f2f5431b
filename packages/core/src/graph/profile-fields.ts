import type { ShownAccount } from './graph.ts'

/** A line of the table on a profile, as stored: plain text of ours, HTML of others. */
export interface ProfileField {
  name: string
  value: string
  /** ISO 8601, when the page behind the link was found to link back. */
  verifiedAt: string | null
}

/** The profile fields of an account; whatever else the column holds is left out. */
export function profileFields(account: Pick<ShownAccount, 'fields'>): ProfileField[] {
  if (!Array.isArray(account.fields)) return []
  return account.fields.flatMap((field: unknown) => {
    if (typeof field !== 'object' || field === null) return []
    const { name, value, verified_at: verifiedAt } = field as Record<string, unknown>
    if (typeof name !== 'string' || typeof value !== 'string') return []
    return { name, value, verifiedAt: typeof verifiedAt === 'string' ? verifiedAt : null }
  })
}
