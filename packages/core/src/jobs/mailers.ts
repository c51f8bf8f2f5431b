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

/** A batch of users to whom new terms or an announcement are sent. Enqueues the next batch itself. */
export const mailEveryoneJob = defineJob<{
  about: 'terms' | 'announcement'
  id: string
  afterUserId: string
}>({
  name: 'mailers.mail_everyone',
  queue: 'mailers',
  attempts: 10,
  backoff: fourthPower,
  durable: true,
  what: 'Writes to a batch of users about new terms or an announcement.',
})

/** A batch of the readers of an account, after its new posts. Enqueues the next batch itself. */
export const mailSubscribersJob = defineJob<{
  accountId: string
  firstStatusId: string
  /** Of a batch after the first. */
  statusIds: string[]
  afterReaderId: string
}>({
  name: 'mailers.mail_subscribers',
  queue: 'mailers',
  attempts: 10,
  backoff: fourthPower,
  durable: true,
  what: 'Writes to a batch of those who read an account by mail.',
})

/** One mail to somebody who reads an account by mail; without statuses the one that asks for confirmation. */
export const mailSubscriberJob = defineJob<{ subscriptionId: string; statusIds: string[] }>({
  name: 'mailers.mail_subscriber',
  queue: 'mailers',
  attempts: 10,
  backoff: fourthPower,
  durable: true,
  what: 'Sends new posts, or a question for confirmation, to one reader by mail.',
})
