import { defineJob, fourthPower } from './define.ts'

/** One message of the catalogue in `kernel/mailer`; `data` is its JSON. */
export const sendMailJob = defineJob<{ template: string; userId: string; data: string }>({
  name: 'mailers.send',
  queue: 'mailers',
  attempts: 10,
  backoff: fourthPower,
  durable: true,
  what: 'Sends one e-mail.',
})
