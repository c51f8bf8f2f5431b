import { RequestError } from '../../kernel/errors.ts'
import { reasonCode } from '../federation/index.ts'

/** What the door asks of a delivery, in this order. */
export const DOOR_CHECKS = [
  'size',
  'json',
  'signature_form',
  'signed_parts',
  'host',
  'time',
  'digest',
  'inbox',
  'domain',
  'signature',
  'signer',
] as const
export type DoorCheck = (typeof DOOR_CHECKS)[number]

export interface Refusal {
  check: DoorCheck
  /** Stable, in snake_case: programs compare it. */
  reason: string
}

/** By the words of the error; the first that fits. */
const REFUSALS: readonly (readonly [RegExp, DoorCheck, string])[] = [
  [/^Payload too large/, 'size', 'body_too_large'],
  [/^The body is not a JSON object/, 'json', 'body_not_json'],
  [/^The body ended early/, 'size', 'body_incomplete'],
  [/^Request not signed/, 'signature_form', 'not_signed'],
  [/^Unsupported signature algorithm/, 'signature_form', 'signature_algorithm_unsupported'],
  [/^Exactly one signature/, 'signature_form', 'signature_not_single'],
  [/keyI[dD] and \w+ are required/i, 'signature_form', 'signature_parameters_missing'],
  [/must cover/, 'signed_parts', 'signature_covers_too_little'],
  [/^The signed (header|component) .* is missing/, 'signed_parts', 'signed_part_missing'],
  [/covered twice|list of signed headers|component in the signature/, 'signed_parts', 'signed_parts_invalid'],
  [/[Pp]seudo-header/, 'signed_parts', 'signed_parts_invalid'],
  [/^The signed [Hh]ost is not this server/, 'host', 'host_is_not_this_server'],
  [/outside acceptable time window/, 'time', 'signature_date_outside_window'],
  [/^Invalid Date|^Invalid date/, 'time', 'signature_date_invalid'],
  [/Digest|digest/, 'digest', 'digest_does_not_match'],
  [/^Error parsing signature/, 'signature_form', 'signature_malformed'],
  [/^Verification failed for/, 'signature', 'signature_does_not_verify'],
  [/not of the actor/, 'signer', 'signer_is_not_the_actor'],
  [/^Public key not found/, 'signature', 'key_not_found'],
]

const BY_STATUS: Readonly<Record<number, readonly [DoorCheck, string]>> = {
  401: ['signature', 'signature_invalid'],
  403: ['domain', 'domain_blocked'],
  404: ['inbox', 'inbox_not_found'],
  413: ['size', 'body_too_large'],
}

/**
 * Why the door refused, for programs: `FEDERATION.md` lists the codes. The sentence of the error says the same to
 * people; null for what is no refusal, but our own trouble.
 */
export function refusalOf(error: unknown): Refusal | null {
  if (!(error instanceof RequestError)) return null
  const known = REFUSALS.find(([words]) => words.test(error.message))
  if (known) return { check: known[1], reason: known[2] }
  const [check, reason] = BY_STATUS[error.status] ?? ['signature_form', reasonCode(error.code)]
  return { check, reason }
}
