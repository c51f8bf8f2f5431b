import { WARNING_ACTIONS } from '@anancus/db'
import type { Account, Notification, Status } from '../src/entities/types/index.ts'
import type { Config } from '../src/kernel/config.ts'
import { confirmationLetter, postsLetter } from '../src/domain/email-subscriptions/letters.ts'
import { TEMPLATES, type MailTemplate } from '../src/domain/users/mails/catalogue.ts'
import type { LetterFacts } from '../src/domain/users/mails/facts.ts'
import { type Letter, letterText, type Sender } from '../src/domain/users/mails/letter.ts'
import { letterHtml } from '../src/domain/users/mails/letter-html.ts'
import { MAIL_LANGUAGES, type MailLanguage } from '../src/domain/users/mails/words/index.ts'
import { writeLetter } from '../src/domain/users/send-mail.ts'

/** One mail as it would go out. */
export interface SampleMail {
  name: string
  language: MailLanguage
  subject: string
  html: string
  text: string
}

const DOMAIN = 'social.example'
const BASE = `https://${DOMAIN}`
const DAY = new Date('2026-03-04T05:06:07Z')
const AVATAR =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='40' height='40'%3E%3Crect width='40' height='40' fill='%23c9b8ff'/%3E%3C/svg%3E"

/** Sample texts that a person, not the server, has written; tests put hostile ones here. */
export interface SampleTexts {
  name: string
  post: string
}

const FRIENDLY: SampleTexts = {
  name: 'Ada Lovelace',
  post: '<p>The engine might compose elaborate and scientific pieces of music of any degree of complexity or extent.</p><p>Would you like to hear one?</p>',
}

/** Every mail of the server in every language, filled with samples: for tests and for looking at them. */
export function sampleMails(texts: SampleTexts = FRIENDLY): SampleMail[] {
  return MAIL_LANGUAGES.flatMap((language) =>
    [...userLetters(language, texts), ...readerLetters(language, texts)].map(({ name, letter }) => {
      const sender: Sender = { title: 'Social Example', url: BASE, language }
      return {
        name,
        language,
        subject: letter.subject,
        html: letterHtml(letter, sender),
        text: letterText(letter, sender),
      }
    }),
  )
}

interface NamedLetter {
  name: string
  letter: Letter
}

function userLetters(language: MailLanguage, texts: SampleTexts): NamedLetter[] {
  const names = Object.keys(TEMPLATES) as MailTemplate[]
  return names.flatMap((name) => {
    const variants = name === 'warning' ? Object.keys(WARNING_ACTIONS) : [null]
    return variants.map((deed) => {
      const letter = writeLetter(name, factsOf(language, texts, name, deed))
      if (!letter) throw new Error(`There is no letter for ${name}.`)
      return { name: deed === null ? name : `${name} (${deed})`, letter }
    })
  })
}

function readerLetters(language: MailLanguage, texts: SampleTexts): NamedLetter[] {
  const config = { baseUrl: BASE, localDomain: DOMAIN } as Config
  const author = { username: 'ada', domain: null, display_name: texts.name, id: '1' } as never
  const url = `${BASE}/unsubscribe?token=${'x'.repeat(80)}`
  const statuses = [statusOf(texts), statusOf(texts, 'A warning')]
  return [
    { name: 'subscription confirmation', letter: confirmationLetter({ config, author, language, url }) },
    {
      name: 'subscription notification',
      letter: postsLetter({ config, author, language, statuses, footer: '', unsubscribeUrl: url }),
    },
  ]
}

function factsOf(
  language: MailLanguage,
  texts: SampleTexts,
  name: MailTemplate,
  deed: string | null,
): LetterFacts {
  const account = { id: '2', username: 'bob', domain: null, display_name: 'Bob' }
  const user = { id: '2', email: 'bob@mail.example', approved: true, locale: language }
  const appellant = { id: '1', username: 'ada', domain: null, display_name: texts.name }
  const facts = {
    config: { baseUrl: BASE, localDomain: DOMAIN },
    language,
    siteTitle: 'Social Example',
    viewer: { account, user },
    token: 'sample-token',
    newEmail: 'bob@new.example',
    newcomer: { viewer: { account: appellant, user: { email: 'ada@mail.example' } }, reason: texts.name },
    terms: { effective_date: '2026-04-01', changelog: 'We write **shorter** terms.\n\n* one\n* two' },
    announcement: { text: 'On Sunday we move to a new machine.\n\nIt takes an hour.' },
    warning: {
      id: '7',
      action: WARNING_ACTIONS[(deed ?? 'silence') as keyof typeof WARNING_ACTIONS],
      text: texts.name,
      status_ids: deed?.includes('statuses') ? ['11', '12'] : [],
      created_at: DAY,
      appeal_created_at: DAY,
      appeal_text: texts.name,
    },
    appellant,
    reported: {
      report: { id: '9', comment: texts.name, category: 0, status_ids: ['11'] },
      reporter: appellant,
      target: account,
    },
    trends: { tags: ['#cats'], links: [`A story (${BASE})`], statuses: [`${BASE}/@ada/1`] },
    visit: { ip: '192.0.2.7', userAgent: 'Firefox on Linux', at: DAY.toISOString() },
    credential: texts.name,
    versions: ['4.6.6', '4.7.0'],
    notification: notificationOf(texts, name),
    unsubscribeUrl: `${BASE}/unsubscribe?token=${'x'.repeat(80)}&type=${name}`,
  }
  return facts as unknown as LetterFacts
}

function notificationOf(texts: SampleTexts, name: MailTemplate): Notification {
  const account = accountOf(texts)
  const hasStatus = !name.startsWith('follow')
  return { id: '5', account, ...(hasStatus ? { status: statusOf(texts) } : {}) } as Notification
}

function accountOf(texts: SampleTexts): Account {
  return {
    id: '1',
    username: 'ada',
    acct: 'ada@engine.example',
    display_name: texts.name,
    note: texts.post,
    url: 'https://engine.example/@ada',
    avatar_static: AVATAR,
  } as Account
}

function statusOf(texts: SampleTexts, warning = ''): Status {
  return {
    id: '11',
    account: accountOf(texts),
    content: texts.post,
    spoiler_text: warning,
    media_attachments: [{}, {}],
    poll: null,
    url: 'https://engine.example/@ada/11',
  } as unknown as Status
}
