import type { Config } from './config.ts'
import { VERSION } from './version.ts'

/** How we introduce ourselves to other servers. Apart from the client, which is loaded with the first request only. */
export function userAgent(config: Pick<Config, 'baseUrl'>): string {
  return `Anancus/${VERSION} (+${config.baseUrl}/)`
}
