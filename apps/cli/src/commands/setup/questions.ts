/** One question of the wizard. Answers are environment variables, or `ADMIN_*` for the first account. */
export interface Question {
  name: string
  ask: string
  kind: 'text' | 'secret' | 'yes-no'
  fallback: string
  /** What is wrong with an answer, or nothing. */
  check?: (answer: string) => string | undefined
  /** Asked only when this holds for the answers so far. */
  when?: (answers: Answers) => boolean
}

export type Answers = Record<string, string>

const DOMAIN = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i
const EMAIL = /^[^\s@,"%]+@[^\s@,"%]+$/
const USERNAME = /^[a-z0-9_]{1,30}$/i

const port = (answer: string) =>
  /^\d{1,5}$/.test(answer) && Number(answer) <= 65_535 ? undefined : 'A port is a number up to 65535.'
const usesS3 = (answers: Answers) => answers.S3_ENABLED === 'true'
const usesSmtp = (answers: Answers) => answers.SMTP_SERVER !== ''

/** In the order of Mastodon's own wizard. */
export const questions: readonly Question[] = [
  {
    name: 'LOCAL_DOMAIN',
    ask: 'Domain name (in every handle; it can never change)',
    kind: 'text',
    fallback: '',
    check: (answer) =>
      DOMAIN.test(answer) ? undefined : 'Letters, digits, dots and dashes; punycode for international names.',
  },
  { name: 'SINGLE_USER_MODE', ask: 'Is it for one person only?', kind: 'yes-no', fallback: 'false' },
  { name: 'DB_HOST', ask: 'PostgreSQL host', kind: 'text', fallback: 'localhost' },
  { name: 'DB_PORT', ask: 'PostgreSQL port', kind: 'text', fallback: '5432', check: port },
  { name: 'DB_NAME', ask: 'Database', kind: 'text', fallback: 'mastodon_production' },
  { name: 'DB_USER', ask: 'PostgreSQL user', kind: 'text', fallback: 'mastodon' },
  { name: 'DB_PASS', ask: "The user's password", kind: 'secret', fallback: '' },
  { name: 'REDIS_HOST', ask: 'Redis host', kind: 'text', fallback: 'localhost' },
  { name: 'REDIS_PORT', ask: 'Redis port', kind: 'text', fallback: '6379', check: port },
  { name: 'REDIS_PASSWORD', ask: 'Redis password', kind: 'secret', fallback: '' },
  { name: 'S3_ENABLED', ask: 'Keep uploads in an S3-compatible store?', kind: 'yes-no', fallback: 'false' },
  { name: 'S3_BUCKET', ask: 'Bucket', kind: 'text', fallback: '', when: usesS3 },
  { name: 'S3_REGION', ask: 'Region', kind: 'text', fallback: 'us-east-1', when: usesS3 },
  { name: 'S3_ENDPOINT', ask: 'Endpoint (empty for Amazon)', kind: 'text', fallback: '', when: usesS3 },
  { name: 'AWS_ACCESS_KEY_ID', ask: 'Access key', kind: 'text', fallback: '', when: usesS3 },
  { name: 'AWS_SECRET_ACCESS_KEY', ask: 'Secret key', kind: 'secret', fallback: '', when: usesS3 },
  {
    name: 'S3_ALIAS_HOST',
    ask: 'Public host of the files (empty: the endpoint)',
    kind: 'text',
    fallback: '',
    when: usesS3,
  },
  {
    name: 'SMTP_SERVER',
    ask: 'Mail server (empty: mail is written to a folder)',
    kind: 'text',
    fallback: '',
  },
  {
    name: 'SMTP_PORT',
    ask: 'Port of the mail server',
    kind: 'text',
    fallback: '587',
    check: port,
    when: usesSmtp,
  },
  { name: 'SMTP_LOGIN', ask: 'User at the mail server', kind: 'text', fallback: '', when: usesSmtp },
  { name: 'SMTP_PASSWORD', ask: 'Password at the mail server', kind: 'secret', fallback: '', when: usesSmtp },
  { name: 'SMTP_FROM_ADDRESS', ask: 'Sender address', kind: 'text', fallback: '', when: usesSmtp },
  {
    name: 'ADMIN_USERNAME',
    ask: 'Username of the administrator',
    kind: 'text',
    fallback: 'admin',
    check: (answer) => (USERNAME.test(answer) ? undefined : 'Letters, digits and underscores, 30 at most.'),
  },
  {
    name: 'ADMIN_EMAIL',
    ask: "The administrator's e-mail address",
    kind: 'text',
    fallback: '',
    check: (answer) => (EMAIL.test(answer) ? undefined : 'An e-mail address, please.'),
  },
]

/** What is wrong with a whole set of answers, one line each. */
export function problemsOf(answers: Answers): string[] {
  return questions
    .filter((question) => question.when?.(answers) ?? true)
    .flatMap((question) => {
      const problem = question.check?.(answers[question.name] ?? question.fallback)
      return problem ? [`${question.name}: ${problem}`] : []
    })
}
