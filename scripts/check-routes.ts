// `node scripts/check-routes.ts`: which methods and paths of Mastodon's API this server lacks. Prints one a line; fails if any.
import { apiRoutes } from '../apps/web/src/api/index.ts'
import { oauthRoutes } from '../apps/web/src/oauth/router.ts'
import { documentedNames, namesOf } from '../apps/web/test/security/documented-routes.ts'

const mounted = namesOf([...apiRoutes, ...oauthRoutes])
const missing = documentedNames.filter((name) => !mounted.has(name))

for (const name of missing) process.stdout.write(`missing: ${name}\n`)
process.stdout.write(
  `${documentedNames.length - missing.length} of ${documentedNames.length} routes of Mastodon are there\n`,
)
process.exitCode = missing.length > 0 ? 1 : 0
