import { join } from 'node:path'
import { missingMediaPrograms } from './media-programs.mjs'
import { ROOT } from './paths.mjs'
import { bold, dim, green } from './progress.mjs'

/** The one screen that tells a newcomer everything: where it runs, who can sign in, where things are kept. */
export function showScreen({ env, ports, data }) {
  const base = `http://${env.WEB_DOMAIN || env.LOCAL_DOMAIN}`
  const rows = [
    ['Web', bold(base)],
    ['Streaming', env.STREAMING_API_BASE_URL],
    ['Worker', `http://127.0.0.1:${ports.worker}/health`],
    [],
    ['Sign in as', `${bold('admin@localhost')} with password ${bold('mastodonadmin')} (the administrator)`],
    [
      '',
      'or as ada (admin), mo (moderator), alice or bob: alice@localhost, password mastodonalice, and so on',
    ],
    [],
    ['PostgreSQL', env.DATABASE_URL || `${env.DB_HOST || 'localhost'}:${env.DB_PORT || 5432}`],
    ['Redis', env.REDIS_URL || `${env.REDIS_HOST || 'localhost'}:${env.REDIS_PORT || 6379}`],
    ['Data', data.folder],
    ['Logs', data.at('logs')],
    ['Mails', env.SMTP_SERVER ? `sent by ${env.SMTP_SERVER}` : env.MAIL_FOLDER],
    ['Operators', `${join(ROOT, 'bin/tootctl')} help`],
    ...missingMediaPrograms().map((words) => ['Missing', words]),
  ]
  const lines = rows.map(([name, value]) => (name === undefined ? '' : `  ${dim(name.padEnd(12))}${value}`))
  console.log(`\n${green('Anancus runs.')}\n\n${lines.join('\n')}\n\n  Ctrl-C stops it.\n`)
}
