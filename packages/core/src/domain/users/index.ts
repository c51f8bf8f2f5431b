export { refusalOf, type Standing, standingOf } from '../../policies/user.ts'
export { autoCloseRegistrations } from './auto-close-registrations.ts'
export { authenticateSession } from './authenticate-session.ts'
export { isEmailAddress } from './email-address.ts'
export { countMail } from './mail-limit.ts'
export type { MailTemplate } from './mails/catalogue.ts'
export { listHeaders, messageIdOf } from './mails/headers.ts'
export { compose, type Letter, letterText } from './mails/letter.ts'
export { letterHtml } from './mails/letter-html.ts'
export { statusPart } from './mails/status-part.ts'
export { fill, type MailLanguage, mailLanguage, mailWords } from './mails/words/index.ts'
export { changeEmail } from './change-email.ts'
export {
  findByResetToken,
  knowsPassword,
  requestPasswordReset,
  resetPassword,
  setPassword,
} from './change-password.ts'
export { cleanUpUsers } from './clean-up-users.ts'
export {
  type Confirmation,
  confirmEmail,
  confirmUserNow,
  requestConfirmation,
  resendConfirmation,
} from './confirm-email.ts'
export { MAX_PASSWORD_BYTES, MAX_REASON, MAX_USERNAME, MIN_PASSWORD } from './limits.ts'
export { mailAnnouncement, mailEveryone, noteTermsSeen } from './mail-everyone.ts'
export {
  approveOldest,
  closeStreams,
  createUser,
  findUser,
  findUserByEmail,
  findUserByUsername,
  listActiveAccountIds,
  listLocalAccountIds,
  modifyUser,
  type NewUserValues,
  rotateKeys,
  type UserChanges,
} from './manage-user.ts'
export { canonicalEmailHash, domainsOf } from './email-address.ts'
export { type AttemptDay, readAttempts } from './email-domain-history.ts'
export { mailServersOf } from './mail-exchange.ts'
export { type RegistrationOptions, registerUser } from './register-user.ts'
export { type OpenRegistration, openRegistration, registrationMode } from './registration-gate.ts'
export { enqueueMail, sendMail } from './send-mail.ts'
export {
  endOtherSessions,
  endSession,
  listSessions,
  noteSessionUse,
  noteVisit,
  startSession,
} from './sessions.ts'
export {
  mailOfUnsubscribeToken,
  stopMails,
  type UnsubscribableMail,
  unsubscribeUrl,
} from './unsubscribe.ts'
export type { RegistrationInput } from './validate-registration.ts'
export { hashPassword } from './password.ts'
export { type SignInResult, type Visitor, verifyPassword } from './verify-password.ts'
export { approveUser, followBootstrapAccounts } from './welcome-user.ts'
