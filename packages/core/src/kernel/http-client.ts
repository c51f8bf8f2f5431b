/** One request to somebody else's server. Every outgoing request of the house goes through here. */
export interface OutgoingRequest {
  method: 'GET' | 'POST' | 'HEAD'
  url: string | URL
  headers?: Record<string, string>
  body?: string | Buffer
  /** Most bytes of the decompressed body. Default 1 MiB. */
  maxBytes?: number
  /** The body is cut at `maxBytes`, where else a larger one is refused. */
  isCut?: boolean
  /** Whole duration, redirects included, in milliseconds. Default 30,000. */
  deadlineMs?: number
  /** Redirects that are followed. Default 3 for GET, 0 for POST. */
  maxRedirects?: number
  /** A redirect is the answer that is wanted, and is not followed. */
  keepsRedirect?: boolean
  /**
   * The address is the operator's own choice, from a setting, never from a request: it may be on a private network, and
   * nothing redirects away from it.
   */
  isOperatorsOwn?: boolean
  /** Called for each hop (the first included) to sign anew; secret headers never travel to another host. */
  sign?: (request: {
    method: string
    url: URL
    body?: string | Buffer | undefined
  }) => Promise<Record<string, string>>
}

export interface IncomingResponse {
  status: number
  /** Lower-case names; repeated ones joined by a comma. */
  headers: Record<string, string>
  body: Buffer
  /** Where the answer finally came from: the origin that counts. */
  url: URL
}

/**
 * Connects to global unicast addresses only, to the address it checked, within limits of time, size and redirects.
 * Answers of any status are returned; a connection that fails is a `RemoteServerError`.
 */
export interface HttpClient {
  request(request: OutgoingRequest): Promise<IncomingResponse>
  close(): Promise<void>
}

export { createHttpClient } from './http/client.ts'
