/** What a mail says. `{name}` and the like stand for what the letter fills in. */
export interface LetterWords {
  subject: string
  heading: string
  text: readonly string[]
  /** On the button. */
  action: string
  closing?: readonly string[]
}

/** Words that several mails share, or that stand in one only sometimes. */
export type PhraseKey =
  | 'button'
  | 'sentBy'
  | 'unsubscribe'
  | 'because'
  | 'becauseNotified'
  | 'settings'
  | 'staff'
  | 'pendingApproval'
  | 'about'
  | 'andMore'
  | 'reportedBy'
  | 'reportedFrom'
  | 'posts'
  | 'hashtags'
  | 'links'
  | 'visit'
  | 'termsNow'
  | 'termsFrom'
  | 'changes'
  | 'version'
  | 'warned'
  | 'attachments'
  | 'poll'
  | 'readPost'
  | 'newPosts'

type Deed =
  | 'none'
  | 'disable'
  | 'mark_statuses_as_sensitive'
  | 'delete_statuses'
  | 'sensitive'
  | 'silence'
  | 'suspend'

/** Every mail that has words of its own: a warning has as many as there are deeds. */
export type LetterKey =
  | 'confirmation_instructions'
  | 'reconfirmation'
  | 'email_changed'
  | 'reset_password_instructions'
  | 'password_change'
  | 'two_factor_enabled'
  | 'two_factor_disabled'
  | 'two_factor_recovery_codes_changed'
  | 'webauthn_enabled'
  | 'webauthn_disabled'
  | 'webauthn_credential_added'
  | 'webauthn_credential_deleted'
  | 'welcome'
  | 'backup_ready'
  | 'suspicious_sign_in'
  | 'failed_2fa'
  | `warning_${Deed}`
  | 'appeal_approved'
  | 'appeal_rejected'
  | 'terms_of_service_changed'
  | 'announcement_published'
  | 'mention'
  | 'quote'
  | 'follow'
  | 'follow_request'
  | 'favourite'
  | 'reblog'
  | 'new_report'
  | 'new_appeal'
  | 'new_pending_account'
  | 'new_trends'
  | 'new_software_updates'
  | 'new_critical_software_updates'
  | 'auto_close_registrations'
  | 'subscription_confirmation'
  | 'subscription_notification'

/** All mails in one language. */
export type MailWords = Record<LetterKey, LetterWords> & {
  phrases: Record<PhraseKey, string>
  reportCategories: Record<'other' | 'spam' | 'legal' | 'violation', string>
}
