import { apiRoutes } from '../../apps/web/src/api/index.ts'
import { buildDocument } from '../../apps/web/src/api/openapi/document.ts'
import { oauthRoutes } from '../../apps/web/src/oauth/router.ts'
import { entitySchemas } from './entities.ts'

/** The OpenAPI description of every route machines call, as it is served. */
export function renderOpenApi(): string {
  return `${JSON.stringify(buildDocument([...apiRoutes, ...oauthRoutes], entitySchemas()), null, 1)}\n`
}
