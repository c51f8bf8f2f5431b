import { defineJob, fourthPower } from './define.ts'

/** One mail of the catalogue in `domain/users/send-mail.ts`; `data` is JSON and holds no secrets. */
export const sendMailJob = defineJob<{ template: string; userId: string; data: string }>({
  name: 'mailers.send',
  queue: 'mailers',
  attempts: 10,
  backoff: fourthPower,
  durable: true,
  what: 'Sends one e-mail.',
})
