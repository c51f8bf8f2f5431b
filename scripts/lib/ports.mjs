import { createServer } from 'node:net'
import { Problem } from './problem.mjs'

/** A TCP port of 127.0.0.1 that was free a moment ago. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}

/** Whether a server may listen on this address and port. */
export function isPortFree(port, host = '127.0.0.1') {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, host, () => server.close(() => resolve(true)))
  })
}

/** The port a setting names, or its default; refused when it is none, or taken. */
export async function usablePort(environment, name, fallback) {
  const text = environment[name]
  const port = text ? Number(text) : fallback
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Problem(
      `${name} must be a port number from 1 to 65535, not "${text}": correct it and start again.`,
    )
  if (await isPortFree(port)) return port
  throw new Problem(
    `Port ${port} (${name}) of 127.0.0.1 is taken or not allowed: stop the program that uses it, or choose another (${name}=${port + 100} npm start).`,
  )
}
