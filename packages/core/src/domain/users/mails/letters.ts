import { fill, mailWords } from './words/index.ts'
import type { LetterKey } from './words/words.ts'
import { compose, type Letter } from './letter.ts'
import { commonValues, type LetterFacts, type LetterMaker, minuteOf } from './facts.ts'

/** A letter that says what its words say, and no more. */
function plain(key: LetterKey, path: string): LetterMaker {
  return (facts) =>
    compose(
      mailWords(facts.language)[key],
      { ...commonValues(facts), credential: facts.credential, email: facts.newEmail },
      `${facts.config.baseUrl}${path}`,
    )
}

const confirmationUrl = ({ config, token }: LetterFacts) =>
  `${config.baseUrl}/auth/confirmation?confirmation_token=${encodeURIComponent(token)}`

export function confirmationInstructions(facts: LetterFacts): Letter {
  const words = mailWords(facts.language)
  return compose(words.confirmation_instructions, commonValues(facts), confirmationUrl(facts), {
    paragraphs: facts.viewer.user.approved ? [] : [words.phrases.pendingApproval],
  })
}

export function reconfirmation(facts: LetterFacts): Letter {
  return compose(mailWords(facts.language).reconfirmation, commonValues(facts), confirmationUrl(facts))
}

export function resetPasswordInstructions(facts: LetterFacts): Letter {
  const url = `${facts.config.baseUrl}/auth/password/edit?reset_password_token=${encodeURIComponent(facts.token)}`
  return compose(mailWords(facts.language).reset_password_instructions, commonValues(facts), url)
}

export const emailChanged = plain('email_changed', '/auth/edit')
export const passwordChange = plain('password_change', '/auth/password/new')
export const welcome = plain('welcome', '/home')
export const backupReady = plain('backup_ready', '/settings/export')
export const autoCloseRegistrations = plain('auto_close_registrations', '/admin/settings/registrations')

/** What changed about how somebody signs in. */
export const securityLetters = {
  two_factor_enabled: plain('two_factor_enabled', '/auth/edit'),
  two_factor_disabled: plain('two_factor_disabled', '/auth/edit'),
  two_factor_recovery_codes_changed: plain('two_factor_recovery_codes_changed', '/auth/edit'),
  webauthn_enabled: plain('webauthn_enabled', '/auth/edit'),
  webauthn_disabled: plain('webauthn_disabled', '/auth/edit'),
  webauthn_credential_added: plain('webauthn_credential_added', '/auth/edit'),
  webauthn_credential_deleted: plain('webauthn_credential_deleted', '/auth/edit'),
  suspicious_sign_in: visitLetter('suspicious_sign_in'),
  failed_2fa: visitLetter('failed_2fa'),
}

function visitLetter(key: 'suspicious_sign_in' | 'failed_2fa'): LetterMaker {
  return (facts) => {
    if (!facts.visit) return null
    const words = mailWords(facts.language)
    const { ip, userAgent, at } = facts.visit
    const visit = { ip, browser: userAgent || '?', at: minuteOf(new Date(at), facts.language) }
    return compose(words[key], commonValues(facts), `${facts.config.baseUrl}/auth/edit`, {
      paragraphs: [fill(words.phrases.visit, visit)],
    })
  }
}
