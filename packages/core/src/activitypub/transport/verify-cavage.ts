import { UnauthenticatedError } from '../../kernel/errors.ts'
import { checkDigest } from './digest.ts'
import { parseSignatureHeader } from './signature-header.ts'
import { checkTimeWindow, unixTime } from './time-window.ts'
import type { SignatureClaim, SignedRequest, VerifyOptions } from './verify.ts'

const HASHES = { 'rsa-sha256': ['sha256'], hs2019: ['sha256', 'sha512'] } as const
const MAX_COVERED = 64
const REQUEST_TARGET = '(request-target)'

/**
 * Checks a draft-cavage signature but for its key. More must be covered than Mastodon asks for: request target, host,
 * date or creation time, and with a body its digest; every server in use covers these.
 *
 * @see https://datatracker.ietf.org/doc/html/draft-cavage-http-signatures-12
 */
export function claimOfCavage(request: SignedRequest, options: VerifyOptions): SignatureClaim {
  const parameters = parseSignatureHeader(request.headers.signature ?? '')
  const keyId = parameters.get('keyId')
  const signature = parameters.get('signature')
  if (!keyId || !signature)
    throw new UnauthenticatedError('Incompatible request signature. keyId and signature are required')
  const algorithm = parameters.get('algorithm') ?? 'hs2019'
  if (algorithm !== 'rsa-sha256' && algorithm !== 'hs2019')
    throw new UnauthenticatedError(
      'Unsupported signature algorithm (only rsa-sha256 and hs2019 are supported)',
    )
  const covered = coveredParts(parameters, algorithm)
  checkCoverage(covered, request)
  if (!options.isDiagnosis) {
    checkHost(request, options)
    checkTime(request, parameters, covered, options.now)
    if (request.method !== 'GET') checkDigest(request.headers.digest ?? '', request.body)
  }
  return {
    keyId,
    signature: Buffer.from(signature, 'base64'),
    hashes: HASHES[algorithm],
    texts: targets(request).map((target) => signedText(request, parameters, covered, target)),
  }
}

function coveredParts(parameters: Map<string, string>, algorithm: string): string[] {
  const fallback = algorithm === 'hs2019' ? '(created)' : 'date'
  const parts = (parameters.get('headers') ?? fallback).toLowerCase().split(' ').filter(Boolean)
  if (parts.length > MAX_COVERED || new Set(parts).size !== parts.length)
    throw new UnauthenticatedError('Invalid list of signed headers')
  for (const pseudo of ['created', 'expires']) {
    if (!parts.includes(`(${pseudo})`)) continue
    if (algorithm !== 'hs2019')
      throw new UnauthenticatedError(`Invalid pseudo-header (${pseudo}) for ${algorithm}`)
    if (!parameters.has(pseudo))
      throw new UnauthenticatedError(`Pseudo-header (${pseudo}) used but not given`)
  }
  return parts
}

function checkCoverage(covered: readonly string[], request: SignedRequest): void {
  const missing = (part: string) => !covered.includes(part)
  if (missing('date') && missing('(created)'))
    throw new UnauthenticatedError('The signature must cover the Date header or (created) pseudo-header')
  if (missing(REQUEST_TARGET))
    throw new UnauthenticatedError('The signature must cover the (request-target) pseudo-header')
  if (missing('host')) throw new UnauthenticatedError('The signature must cover the Host header')
  if (request.method !== 'GET' && missing('digest'))
    throw new UnauthenticatedError('The signature must cover the Digest header of a POST request')
}

function checkHost(request: SignedRequest, options: VerifyOptions): void {
  if (!options.ownHosts.has((request.headers.host ?? '').toLowerCase()))
    throw new UnauthenticatedError('The signed Host is not this server')
}

function checkTime(
  request: SignedRequest,
  parameters: Map<string, string>,
  covered: readonly string[],
  now: Date,
): void {
  // An uncovered `created` or `expires` could be anybody's.
  const created = covered.includes('(created)') ? parameters.get('created') : undefined
  const expires = covered.includes('(expires)') ? parameters.get('expires') : undefined
  const date = created === undefined ? new Date(request.headers.date ?? '') : unixTime(created)
  if (Number.isNaN(date.getTime())) throw new UnauthenticatedError('Invalid Date header')
  checkTimeWindow(date, expires === undefined ? undefined : unixTime(expires), now)
}

/** Some servers sign the path without its query. */
function targets(request: SignedRequest): string[] {
  const path = request.target.split('?', 1)[0] as string
  return path === request.target ? [path] : [request.target, path]
}

function signedText(
  request: SignedRequest,
  parameters: Map<string, string>,
  covered: readonly string[],
  target: string,
): string {
  return covered
    .map((part) => {
      if (part === REQUEST_TARGET) return `${part}: ${request.method.toLowerCase()} ${target}`
      if (part === '(created)') return `${part}: ${parameters.get('created')}`
      if (part === '(expires)') return `${part}: ${parameters.get('expires')}`
      const value = request.headers[part]
      if (value === undefined) throw new UnauthenticatedError(`The signed header ${part} is missing`)
      return `${part}: ${value}`
    })
    .join('\n')
}
