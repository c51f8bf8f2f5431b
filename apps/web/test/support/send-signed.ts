import { once } from 'node:events'
import { type IncomingMessage, request as httpRequest } from 'node:http'
import type { DeliveryRequest } from '@anancus/core/testing/remote'

export interface SignedAnswer {
  status: number
  headers: IncomingMessage['headers']
  text: string
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look at single fields
  body: any
}

/** Sends a signed request to a server under test as it is, the `Host` header included. */
export async function sendSigned(url: string, signed: DeliveryRequest): Promise<SignedAnswer> {
  const { hostname, port } = new URL(url)
  const { method, target: path, headers, body } = signed
  const length = method === 'GET' ? {} : { 'content-length': String(body.length) }
  // A connection of its own: one kept from before may be closed by the server at this moment.
  const request = httpRequest({
    agent: false,
    hostname,
    port,
    method,
    path,
    headers: { ...headers, ...length },
  })
  request.end(method === 'GET' ? undefined : body)
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString()
  return { status: response.statusCode ?? 0, headers: response.headers, text, body: parsed(text) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
