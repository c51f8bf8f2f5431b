import type { Ctx } from '@anancus/core/kernel/context'
import { ForbiddenError, NotFoundError } from '@anancus/core/kernel/errors'
import express from 'express'
import { federationPage, submitReplay } from './admin/federation.ts'
import { mediaCachePage, submitTrim } from './admin/media-cache.ts'
import { confirmationPage, newConfirmationPage, submitConfirmation } from './auth/confirmation.ts'
import { editPage, submitEdit } from './auth/edit.ts'
import { editPasswordPage, newPasswordPage, submitNewPassword, submitPassword } from './auth/password.ts'
import { setupPage, submitSetup } from './auth/setup.ts'
import { inviteForApps } from './auth/invite.ts'
import { signInPage, submitSignIn, submitSignOut } from './auth/sign-in.ts'
import { signUpPage, submitSignUp } from './auth/sign-up.ts'
import { embedPage } from './embed/embed-page.ts'
import { confirmSubscriptionPage } from './email-subscriptions.ts'
import { showError } from './error-page.ts'
import { approve, authorizePage, deny, nativePage } from './oauth/authorize.ts'
import { authorizedApplicationsPage, revokeAuthorizedApplication } from './oauth/authorized-applications.ts'
import { page, pageHandler, readForms } from './page.ts'
import { aliasesPage, deleteAliasOfOwn, submitAlias } from './settings/aliases.ts'
import { deleteInvite, invitesPage, submitInvite } from './settings/invites.ts'
import {
  deleteRedirect,
  migrationPage,
  redirectPage,
  submitMigration,
  submitRedirect,
} from './settings/migration.ts'
import { privacyPage, submitPrivacy } from './settings/privacy.ts'
import { deleteSession } from './settings/sessions.ts'
import { sharedReportPage } from './shared-report.ts'
import { submitUnsubscribe, unsubscribedPage, unsubscribePage } from './unsubscribe.ts'

/** Every server-rendered page, by its path. */
export function pagesRouter(ctx: Ctx): express.Router {
  const router = express.Router({ caseSensitive: true })
  router.get('/invite/:code', inviteForApps(ctx))
  router.use(['/admin', '/auth', '/oauth', '/settings', '/invites', '/unsubscribe'], readForms(ctx))
  page(router, ctx, 'get', '/auth/sign_in', signInPage)
  page(router, ctx, 'post', '/auth/sign_in', submitSignIn)
  page(router, ctx, 'delete', '/auth/sign_out', submitSignOut)
  page(router, ctx, 'get', '/auth/sign_up', signUpPage)
  page(router, ctx, 'get', '/email_subscriptions/confirmation', confirmSubscriptionPage)
  page(router, ctx, 'get', '/@:acct/wrapstodon/:year/:key', sharedReportPage)
  page(router, ctx, 'get', '/unsubscribe', unsubscribePage)
  router.post('/unsubscribe', submitUnsubscribe(ctx, pageHandler(ctx, unsubscribedPage, { isWrite: false })))
  page(router, ctx, 'get', '/invite/:code', signUpPage)
  page(router, ctx, 'get', '/invites', invitesPage)
  page(router, ctx, 'post', '/invites', submitInvite)
  page(router, ctx, 'delete', '/invites/:id', deleteInvite)
  page(router, ctx, 'post', '/auth', submitSignUp)
  page(router, ctx, 'put', '/auth', submitEdit)
  page(router, ctx, 'get', '/auth/edit', editPage)
  page(router, ctx, 'get', '/auth/setup', setupPage)
  page(router, ctx, 'patch', '/auth/setup', submitSetup)
  page(router, ctx, 'get', '/auth/confirmation', confirmationPage)
  page(router, ctx, 'post', '/auth/confirmation', submitConfirmation)
  page(router, ctx, 'get', '/auth/confirmation/new', newConfirmationPage)
  page(router, ctx, 'get', '/auth/password/new', newPasswordPage)
  page(router, ctx, 'post', '/auth/password', submitNewPassword)
  page(router, ctx, 'get', '/auth/password/edit', editPasswordPage)
  page(router, ctx, 'put', '/auth/password', submitPassword)
  page(router, ctx, 'get', '/settings/aliases', aliasesPage)
  page(router, ctx, 'post', '/settings/aliases', submitAlias)
  page(router, ctx, 'delete', '/settings/aliases/:id', deleteAliasOfOwn)
  page(router, ctx, 'get', '/settings/migration', migrationPage)
  page(router, ctx, 'post', '/settings/migration', submitMigration)
  page(router, ctx, 'get', '/settings/migration/redirect/new', redirectPage)
  page(router, ctx, 'post', '/settings/migration/redirect', submitRedirect)
  page(router, ctx, 'delete', '/settings/migration/redirect', deleteRedirect)
  page(router, ctx, 'get', '/settings/privacy', privacyPage)
  page(router, ctx, 'put', '/settings/privacy', submitPrivacy)
  page(router, ctx, 'delete', '/settings/sessions/:id', deleteSession)
  page(router, ctx, 'get', '/@:acct/:id/embed', embedPage)
  page(router, ctx, 'get', '/admin/federation', federationPage)
  page(router, ctx, 'post', '/admin/federation/replay', submitReplay)
  page(router, ctx, 'get', '/admin/media-cache', mediaCachePage)
  page(router, ctx, 'post', '/admin/media-cache/trim', submitTrim)
  page(router, ctx, 'get', '/oauth/authorize', authorizePage)
  page(router, ctx, 'post', '/oauth/authorize', approve)
  page(router, ctx, 'delete', '/oauth/authorize', deny)
  page(router, ctx, 'get', '/oauth/authorize/native', nativePage)
  page(router, ctx, 'get', '/oauth/authorized_applications', authorizedApplicationsPage)
  page(router, ctx, 'delete', '/oauth/authorized_applications/:id', revokeAuthorizedApplication)
  // The library Mastodon uses would manage every application here; nobody may.
  router.all(['/oauth/applications', '/oauth/applications/*path'], (req, res) =>
    showError(ctx, req, res, new ForbiddenError()),
  )
  return router
}

/** Whatever no door answered. */
export function notFound(ctx: Ctx): express.RequestHandler {
  return (req, res) => showError(ctx, req, res, new NotFoundError('Not Found'))
}

/** Errors outside every door: a malformed path, too many requests. */
export function lastResort(ctx: Ctx): express.ErrorRequestHandler {
  return (error, req, res, _next) => showError(ctx, req, res, error)
}
