import { Agent, setGlobalDispatcher } from 'undici'

/**
 * Makes `fetch` and `WebSocket` of this process find names below .localhost on this machine, as browsers do (RFC 6761)
 * and as the C library does not.
 */
export function resolveLocalhostNames(): void {
  setGlobalDispatcher(
    new Agent({
      connect: {
        lookup: (_host, options, found) =>
          options.all ? found(null, [{ address: '127.0.0.1', family: 4 }]) : found(null, '127.0.0.1', 4),
      },
    }),
  )
}
