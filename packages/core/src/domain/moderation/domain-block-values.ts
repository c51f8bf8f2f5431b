import { DOMAIN_BLOCK_SEVERITIES, type DomainBlockRow, type DomainBlockSeverity, named } from '@anancus/db'
import type { DomainBlockValues } from '@anancus/db/queries/domain-moderation'
import { ValidationError } from '../../kernel/errors.ts'

/** What a moderator says of a block; undefined is left as it is, or as a new block has it. */
export interface DomainBlockChange {
  /** A word of `DOMAIN_BLOCK_SEVERITIES`; any other is refused. */
  severity?: string | null | undefined
  rejectMedia?: boolean | undefined
  rejectReports?: boolean | undefined
  privateComment?: string | null | undefined
  publicComment?: string | null | undefined
  obfuscate?: boolean | undefined
}

const NEW: DomainBlockValues = {
  severity: DOMAIN_BLOCK_SEVERITIES.indexOf('silence'),
  reject_media: false,
  reject_reports: false,
  private_comment: null,
  public_comment: null,
  obfuscate: false,
}

/**
 * The columns of a block after a change.
 *
 * @throws ValidationError a severity that is none
 */
export function changedValues(change: DomainBlockChange, before: DomainBlockValues = NEW): DomainBlockValues {
  return {
    severity: change.severity === undefined ? before.severity : storedSeverity(change.severity),
    reject_media: change.rejectMedia ?? before.reject_media,
    reject_reports: change.rejectReports ?? before.reject_reports,
    private_comment: change.privateComment === undefined ? before.private_comment : change.privateComment,
    public_comment: change.publicComment === undefined ? before.public_comment : change.publicComment,
    obfuscate: change.obfuscate ?? before.obfuscate,
  }
}

function storedSeverity(word: string | null): number {
  const index = DOMAIN_BLOCK_SEVERITIES.indexOf(word as DomainBlockSeverity)
  if (index === -1) throw ValidationError.failed('Severity is not included in the list')
  return index
}

/** A block's severity as a word; rows of old databases may have none. */
export function severityOf(block: Pick<DomainBlockRow, 'severity'>): DomainBlockSeverity {
  return named(DOMAIN_BLOCK_SEVERITIES, block.severity ?? 0)
}

type Strictness = Pick<DomainBlockRow, 'severity' | 'reject_media' | 'reject_reports'>

/** Whether a block takes away at least as much as another one. */
export function isStricter(block: Strictness, other: Strictness): boolean {
  const [own, others] = [severityOf(block), severityOf(other)]
  if (own === 'suspend') return true
  if (others === 'suspend' || (others === 'silence' && own === 'noop')) return false
  return (block.reject_media || !other.reject_media) && (block.reject_reports || !other.reject_reports)
}
