import { updateUser } from '@anancus/db/queries/users'
import type { Ctx } from '../../kernel/context.ts'
import { transaction } from '../../kernel/transaction.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { checkNewEmail } from './confirm-email.ts'
import { countMail } from './mail-limit.ts'
import { confirmationToken } from './register-user.ts'
import { enqueueMail } from './send-mail.ts'

/**
 * Asks for another address: it counts once its owner followed the link sent there. The present address is told.
 *
 * @throws ValidationError RateLimitedError
 */
export async function changeEmail(ctx: Ctx, viewer: Viewer, newEmail: string): Promise<void> {
  const email = newEmail.trim().toLowerCase()
  if (email === viewer.user.email) return
  await checkNewEmail(ctx, viewer.account, email)
  await countMail(ctx, email)
  await transaction(ctx, async (tx) => {
    await updateUser(tx.db, viewer.user.id, {
      unconfirmed_email: email,
      confirmation_token: confirmationToken(),
      confirmation_sent_at: tx.clock.now(),
    })
    await enqueueMail(tx, 'email_changed', viewer.user.id, { newEmail: email })
    await enqueueMail(tx, 'reconfirmation', viewer.user.id)
  })
}
