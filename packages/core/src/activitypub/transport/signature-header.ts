import { UnauthenticatedError } from '../../kernel/errors.ts'

const MAX_LENGTH = 8192
/** One `name="value"` or `name=123`; sticky, so that nothing between two parameters is skipped. */
const PARAMETER = /\s*([a-zA-Z]+)\s*=\s*(?:"([^"\\]*)"|([!#-+\-.0-9A-Z^_`a-z|~]+))\s*(?:,|$)/y

/**
 * Reads the parameters of a draft-cavage `Signature` header. A parameter given twice is an error, since two readers
 * could choose differently.
 *
 * @throws UnauthenticatedError
 */
export function parseSignatureHeader(header: string): Map<string, string> {
  const text = header.replace(/^Signature\s+/, '').trim()
  if (text.length > MAX_LENGTH) throw malformed()
  const parameters = new Map<string, string>()
  PARAMETER.lastIndex = 0
  while (PARAMETER.lastIndex < text.length) {
    const match = PARAMETER.exec(text)
    if (!match) throw malformed()
    const name = match[1] as string
    if (parameters.has(name)) throw malformed()
    parameters.set(name, match[2] ?? match[3] ?? '')
  }
  return parameters
}

function malformed(): UnauthenticatedError {
  return new UnauthenticatedError('Error parsing signature parameters')
}
