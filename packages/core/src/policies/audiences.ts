import type { ApprovalAudience } from '../entities/types/index.ts'

/** Bits of a stored approval policy; the automatic ones lie 16 bits higher than the manual ones. */
export const AUDIENCE_BITS = {
  unsupported_policy: 1,
  public: 2,
  followers: 4,
  following: 8,
  disabled: 16,
} as const satisfies Record<ApprovalAudience, number>

/** How somebody stands to the author: follows them on any terms, is followed by them. A `Relation` is one. */
export interface Ties {
  following: unknown
  followedBy: boolean
}

export interface ApprovalAudiences {
  /** Approved without asking. */
  automatic: ApprovalAudience[]
  /** May ask. */
  manual: ApprovalAudience[]
}

const NAMES = Object.keys(AUDIENCE_BITS) as ApprovalAudience[]
const AUTOMATIC_SHIFT = 16

/** Reads a stored policy of quoting or featuring. */
export function readAudiences(policy: number): ApprovalAudiences {
  return { automatic: audiencesIn(policy >> AUTOMATIC_SHIFT), manual: audiencesIn(policy & 0xffff) }
}

function audiencesIn(bits: number): ApprovalAudience[] {
  return NAMES.filter((name) => (bits & AUDIENCE_BITS[name]) !== 0)
}

/** The stored form of a policy that approves those and asks about nobody. */
export function automaticPolicy(...audiences: ApprovalAudience[]): number {
  return audiences.reduce((bits, name) => bits | AUDIENCE_BITS[name], 0) << AUTOMATIC_SHIFT
}

/** What a policy says to somebody with these ties to its author; `null` relation is a stranger. */
export function approvalFor(
  { automatic, manual }: ApprovalAudiences,
  relation: Ties | undefined,
): 'automatic' | 'manual' | 'denied' | 'unknown' {
  if (admits(automatic, relation)) return 'automatic'
  if (admits(manual, relation)) return 'manual'
  if (automatic.includes('unsupported_policy') || manual.includes('unsupported_policy')) return 'unknown'
  return 'denied'
}

function admits(audiences: readonly ApprovalAudience[], relation: Ties | undefined): boolean {
  if (audiences.includes('public')) return true
  if (audiences.includes('followers') && relation?.following) return true
  return audiences.includes('following') && relation?.followedBy === true
}
