// Asks a tier in this container whether it is well: `node infra/health-check.mjs 3000`. Exit code 0 when it is.
import { get } from 'node:http'

const port = process.argv[2]
const request = get({ host: '127.0.0.1', port, path: '/health', timeout: 5000 }, (response) => {
  process.exit(response.statusCode === 200 ? 0 : 1)
})
request.once('timeout', () => process.exit(1))
request.once('error', () => process.exit(1))
