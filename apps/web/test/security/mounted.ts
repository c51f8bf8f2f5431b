import type { Express } from 'express'

/** A route as it hangs in the server, whoever put it there. */
export interface MountedRoute {
  method: string
  path: string
}

interface Layer {
  route?: { path: string | string[]; methods: Record<string, boolean>; stack: { method?: string }[] }
  handle?: { stack?: Layer[] }
}

/** Every route of a server, of its routers too, in the order in which they are asked. */
export function mountedRoutes(server: Express): MountedRoute[] {
  return routesIn((server as unknown as { router: { stack: Layer[] } }).router.stack)
}

function routesIn(stack: readonly Layer[]): MountedRoute[] {
  return stack.flatMap(({ route, handle }) => {
    if (!route) return routesIn(handle?.stack ?? [])
    const methods = new Set(route.stack.map(({ method }) => (method ?? 'all').toUpperCase()))
    return [route.path].flat().flatMap((path) => [...methods].map((method) => ({ method, path })))
  })
}
