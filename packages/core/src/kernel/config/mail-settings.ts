import { define } from './define.ts'
import { flag, integer, oneOf, optional, text } from './readers.ts'

const STARTTLS_WORDS = ['auto', 'always', 'never', ''] as const
const VERIFY_WORDS = ['none', 'peer', 'client_once', 'fail_if_no_peer_cert', ''] as const
const port = integer(25, 1, 65_535)
const startTls = oneOf('', ...STARTTLS_WORDS)
const verifyMode = oneOf('', ...VERIFY_WORDS)

/** How mail leaves the server. */
export const mailSettings = {
  SMTP_SERVER: define('E-mail', optional(), 'none: mail goes to a folder', 'Mail server.'),
  SMTP_PORT: define('E-mail', port, '25', 'Port.'),
  SMTP_LOGIN: define('E-mail', optional(), 'none', 'User.'),
  SMTP_PASSWORD: define('E-mail', optional(), 'none', 'Password.'),
  SMTP_DOMAIN: define('E-mail', optional(), '= LOCAL_DOMAIN', 'Name used in HELO.'),
  SMTP_FROM_ADDRESS: define('E-mail', text('notifications@localhost'), 'notifications@localhost', 'Sender.'),
  SMTP_REPLY_TO: define('E-mail', optional(), 'none', 'Reply address.'),
  SMTP_RETURN_PATH: define(
    'E-mail',
    optional(),
    '= SMTP_FROM_ADDRESS',
    'Where mail servers send what cannot be delivered.',
  ),
  SMTP_DELIVERY_METHOD: define(
    'E-mail',
    oneOf('smtp', 'smtp', 'sendmail'),
    'smtp',
    'smtp, or sendmail: hand mail to /usr/sbin/sendmail of this machine.',
  ),
  SMTP_AUTH_METHOD: define('E-mail', text('plain'), 'plain', 'plain, login, cram_md5 or none.'),
  SMTP_CA_FILE: define(
    'E-mail',
    optional(),
    '/etc/ssl/certs/ca-certificates.crt where it exists, else those of Node.js',
    'Certificates that may vouch for the mail server.',
  ),
  SMTP_OPENSSL_VERIFY_MODE: define(
    'E-mail',
    verifyMode,
    'peer',
    'none: accept any certificate of the mail server. peer, client_once and fail_if_no_peer_cert: verify it.',
  ),
  SMTP_ENABLE_STARTTLS: define('E-mail', startTls, 'auto', 'STARTTLS: auto, always or never.'),
  SMTP_ENABLE_STARTTLS_AUTO: define(
    'E-mail',
    flag(true),
    'true',
    'False is `never`, while SMTP_ENABLE_STARTTLS says nothing.',
  ),
  SMTP_TLS: define('E-mail', flag(false), 'false', 'TLS from the first byte.'),
  SMTP_SSL: define('E-mail', flag(false), 'false', 'As SMTP_TLS.'),
  BULK_SMTP_SERVER: define(
    'E-mail',
    optional(),
    'none: as all other mail',
    'Another mail server for what goes to everyone: announcements and changed terms.',
  ),
  BULK_SMTP_PORT: define('E-mail', port, '25', 'As SMTP_PORT, and so on below.'),
  BULK_SMTP_LOGIN: define('E-mail', optional(), 'none', 'User.'),
  BULK_SMTP_PASSWORD: define('E-mail', optional(), 'none', 'Password.'),
  BULK_SMTP_DOMAIN: define('E-mail', optional(), '= LOCAL_DOMAIN', 'Name used in HELO.'),
  BULK_SMTP_AUTH_METHOD: define('E-mail', text('plain'), 'plain', 'plain, login, cram_md5 or none.'),
  BULK_SMTP_CA_FILE: define('E-mail', optional(), 'as SMTP_CA_FILE', 'As SMTP_CA_FILE.'),
  BULK_SMTP_OPENSSL_VERIFY_MODE: define('E-mail', verifyMode, 'peer', 'none: accept any certificate.'),
  BULK_SMTP_ENABLE_STARTTLS: define('E-mail', startTls, 'auto', 'STARTTLS: auto, always or never.'),
  BULK_SMTP_ENABLE_STARTTLS_AUTO: define('E-mail', flag(true), 'true', 'As SMTP_ENABLE_STARTTLS_AUTO.'),
  BULK_SMTP_TLS: define('E-mail', flag(false), 'false', 'TLS from the first byte.'),
  BULK_SMTP_SSL: define('E-mail', flag(false), 'false', 'As BULK_SMTP_TLS.'),
  DISABLE_EMAIL_SUBSCRIPTIONS: define(
    'E-mail',
    flag(false),
    'false',
    'Hide the whole feature of reading posts by mail.',
  ),
  MAIL_FOLDER: define(
    'E-mail',
    text('data/mails'),
    'data/mails',
    'Where mail is written while no SMTP_SERVER is set.',
    true,
  ),
}
