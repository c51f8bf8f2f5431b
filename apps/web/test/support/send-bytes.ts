import { connect } from 'node:net'
import type { DeliveryRequest } from '@anancus/core/testing/remote'

const PATIENCE_MS = 60_000
const HEAD_END = '\r\n\r\n'

/**
 * Sends a request as its bytes are, headers that no client would send included, over a connection of its own.
 *
 * @returns the status that answered
 * @throws Error the connection ended, or stayed open, without an answer
 */
export function sendBytes(port: number, request: DeliveryRequest): Promise<number> {
  const { method, target, headers, body } = request
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  const head = [
    `${method} ${target} HTTP/1.1`,
    ...lines,
    `content-length: ${body.length}`,
    'connection: close',
  ].join('\r\n')
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    let answer = ''
    let trouble: Error | undefined
    const timer = setTimeout(() => socket.destroy(new Error('No answer came.')), PATIENCE_MS)
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1')
    })
    socket.on('error', (error) => {
      trouble = error // a refusal may be followed by a reset: the answer counts
    })
    socket.on('close', () => {
      clearTimeout(timer)
      const status = /^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1]
      if (status !== undefined) resolve(Number(status))
      else reject(trouble ?? new Error('The connection was closed without an answer.'))
    })
    socket.write(Buffer.concat([Buffer.from(head + HEAD_END, 'latin1'), body]))
  })
}
