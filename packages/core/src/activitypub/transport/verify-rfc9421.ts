import { type InnerList, parseDictionary, serializeInnerList } from 'structured-headers'
import { UnauthenticatedError } from '../../kernel/errors.ts'
import { checkContentDigest } from './digest.ts'
import { checkTimeWindow, unixTime } from './time-window.ts'
import type { SignatureClaim, SignedRequest, VerifyOptions } from './verify.ts'

const ALGORITHM = 'rsa-v1_5-sha256'

/**
 * Checks an RFC 9421 signature but for its key: one signature, `keyid` and `created` given, method and target covered,
 * and with a body its digest.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9421
 */
export function claimOfRfc9421(request: SignedRequest, options: VerifyOptions): SignatureClaim {
  const [label, input] = onlyInput(request.headers['signature-input'] ?? '')
  const [items, parameters] = input
  const keyId = parameters.get('keyid')
  const created = parameters.get('created')
  if (typeof keyId !== 'string' || typeof created !== 'number')
    throw new UnauthenticatedError('Incompatible request signature. keyid and created are required')
  const algorithm = parameters.get('alg')
  if (algorithm !== undefined && algorithm !== ALGORITHM)
    throw new UnauthenticatedError(`Unsupported signature algorithm (only ${ALGORITHM} is supported)`)
  const names = items.map(([name, own]) => {
    if (typeof name !== 'string' || own.size > 0)
      throw new UnauthenticatedError('Unsupported component in the signature')
    return name
  })
  checkCoverage(names, request)
  const host = (request.headers.host ?? '').toLowerCase()
  if (!options.isDiagnosis) checkCircumstances(request, options, created, parameters.get('expires'))
  const lines = names.map((name) => `"${name}": ${component(name, request, host, options.scheme)}`)
  return {
    keyId,
    signature: signatureNamed(label, request.headers.signature ?? ''),
    hashes: ['sha256'],
    texts: [[...lines, `"@signature-params": ${serializeInnerList(input)}`].join('\n')],
  }
}

/** Whether it was meant for us, now, with this body. */
function checkCircumstances(
  request: SignedRequest,
  options: VerifyOptions,
  created: number,
  expires: unknown,
): void {
  if (!options.ownHosts.has((request.headers.host ?? '').toLowerCase()))
    throw new UnauthenticatedError('The signed host is not this server')
  checkTimeWindow(
    unixTime(String(created)),
    expires === undefined ? undefined : unixTime(String(expires)),
    options.now,
  )
  if (request.method !== 'GET') checkContentDigest(request.headers['content-digest'] ?? '', request.body)
}

function onlyInput(header: string): [string, InnerList] {
  const [entry, another] = [...dictionaryOf(header)]
  if (!entry || another) throw new UnauthenticatedError('Exactly one signature is supported')
  const [label, value] = entry
  if (!Array.isArray(value[0])) throw new UnauthenticatedError('Error parsing signature parameters')
  return [label, value as InnerList]
}

function signatureNamed(label: string, header: string): Buffer {
  const value = dictionaryOf(header).get(label)?.[0]
  if (!(value instanceof ArrayBuffer)) throw new UnauthenticatedError('Error parsing signature parameters')
  return Buffer.from(value)
}

function dictionaryOf(header: string): ReturnType<typeof parseDictionary> {
  try {
    return parseDictionary(header)
  } catch {
    throw new UnauthenticatedError('Error parsing signature parameters')
  }
}

function checkCoverage(names: readonly string[], request: SignedRequest): void {
  if (new Set(names).size !== names.length)
    throw new UnauthenticatedError('A component is covered twice by the signature')
  if (!names.includes('@method')) throw new UnauthenticatedError('The signature must cover the method')
  if (!names.includes('@target-uri'))
    throw new UnauthenticatedError('The signature must cover the target URI')
  if (request.method !== 'GET' && !names.includes('content-digest'))
    throw new UnauthenticatedError('The signature must cover the Content-Digest header of a POST request')
}

function component(name: string, request: SignedRequest, host: string, scheme: string): string {
  const url = new URL(request.target, `${scheme}://${host}`)
  switch (name) {
    case '@method':
      return request.method
    case '@target-uri':
      return url.href
    case '@authority':
      return host
    case '@scheme':
      return scheme
    case '@path':
      return url.pathname
    case '@query':
      return url.search || '?'
    case '@request-target':
      return request.target
  }
  const value = name.startsWith('@') ? undefined : request.headers[name]
  if (value === undefined) throw new UnauthenticatedError(`The signed component ${name} is missing`)
  return value.trim()
}
