import { handleDomain } from '../../activitypub/parse/handle.ts'
import { ValidationError } from '../../kernel/errors.ts'

/** Of a domain name (RFC 1035, 2.3.4). */
const LONGEST_LABEL = 63

/**
 * The one spelling of a domain that an administrator gave: lower case and punycode, no dot at the end. Underscores, which
 * some hosts have, are taken here.
 *
 * @throws ValidationError no domain, or not one
 */
export function domainName(text: string | undefined): string {
  const given = (text ?? '').trim().replace(/\.$/, '')
  if (given === '') throw ValidationError.failed("Domain can't be blank")
  const name =
    handleDomain(given) ?? (handleDomain(given.replaceAll('_', 'x')) === null ? null : given.toLowerCase())
  if (name === null || name.split('.').some((label) => label.length > LONGEST_LABEL))
    throw ValidationError.failed('Domain is not a valid domain name')
  return name
}
