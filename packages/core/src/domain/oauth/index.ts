export { type AuthenticatedToken, authenticateToken } from './authenticate-token.ts'
export { allowsAny, DEFAULT_SCOPE, isScope, SCOPES, splitScopes } from './scopes.ts'
