export {
  applicationJson,
  credentialApplicationJson,
  tokenJson,
} from '../../entities/render/application.ts'
export { authenticateClient, basicCredentials, type ClientCredentials } from './authenticate-client.ts'
export { type AuthenticatedToken, authenticateToken } from './authenticate-token.ts'
export { type ApplicationParams, createApplication } from './create-application.ts'
export { type CodeParams, exchangeCode } from './exchange-code.ts'
export { introspectToken } from './introspect-token.ts'
export { issueCode } from './issue-code.ts'
export { issueNewToken, issueToken } from './issue-token.ts'
export { noteTokenUse } from './note-use.ts'
export { OauthError, type OauthErrorCode } from './oauth-error.ts'
export { findAccessToken, getApplicationOf, getWebApplication, listAuthorizedApplications } from './reads.ts'
export { OUT_OF_BAND, redirectUrisOf, withParams } from './redirect-uri.ts'
export {
  type AuthorizationParams,
  type AuthorizationRequest,
  RESPONSE_MODES,
  requestAuthorization,
  scopesFor,
  wasAuthorizedBefore,
} from './request-authorization.ts'
export { revokeAllAccess, revokeApplication, revokeTokenOf, revokeTokens } from './revoke-token.ts'
export { allowsAny, DEFAULT_SCOPE, isScope, SCOPES, splitScopes } from './scopes.ts'
export { digestOf, randomSecret } from './secrets.ts'
export { vacuumTokens } from './vacuum-tokens.ts'
