import type { MailWords } from './words.ts'

const NOT_YOU = ['Wenn du das nicht warst, ändere sofort dein Passwort.']
const MAY_APPEAL = [
  'Wenn du das für einen Fehler hältst, kannst du innerhalb von zwanzig Tagen Einspruch erheben.',
]
const DECISION = 'Entscheidung lesen'
const SETTINGS = 'Kontoeinstellungen'
const HOME = 'Zur Startseite'
const SESSIONS = 'Sitzungen ansehen'

export const de: MailWords = {
  phrases: {
    button: 'Wenn der Knopf nicht geht, öffne diese Adresse:',
    sentBy: 'Gesendet von {site}',
    unsubscribe: 'Keine Mails dieser Art mehr',
    because: 'Du bekommst diese Mail, weil du ein Konto bei {domain} hast.',
    becauseNotified: 'Du bekommst diese Mail, weil {acct} von so etwas per Mail erfahren möchte.',
    settings: 'Auswählen, welche Mails kommen',
    staff: 'Du bekommst diese Mail, weil du dich um {domain} kümmerst.',
    pendingApproval:
      'Sobald deine Adresse bestätigt ist, sieht das Moderationsteam deine Anfrage an. Vorher kannst du dich nicht anmelden; wir schreiben dir, wenn du dabei bist.',
    about: 'Es geht um: {posts}',
    andMore: 'und {count} weitere',
    reportedBy: '{reporter} hat {target} gemeldet ({category}).',
    reportedFrom: 'Jemand auf {domain} hat {target} gemeldet ({category}).',
    posts: 'Beiträge: {list}',
    hashtags: 'Hashtags: {list}',
    links: 'Links: {list}',
    visit: 'Wann: {at} · Von: {ip} · Mit: {browser}',
    termsNow: 'Die neuen Bedingungen gelten ab sofort.',
    termsFrom: 'Die neuen Bedingungen gelten ab {day} (UTC).',
    changes: 'Was sich ändert:',
    version: 'Version {version}',
    warned: 'Der Rest steht hinter einer Inhaltswarnung.',
    attachments: 'Anhänge: {count}',
    poll: 'Mit einer Umfrage.',
    readPost: 'Im Web lesen',
    newPosts: '{count} neue Beiträge von {name}',
  },
  reportCategories: { other: 'anderes', spam: 'Spam', legal: 'rechtswidrig', violation: 'Regelverstoß' },
  confirmation_instructions: {
    subject: 'Bestätige deine Adresse für {domain}',
    heading: 'Bestätige deine E-Mail-Adresse',
    text: ['Du hast mit dieser Adresse das Konto {acct} angelegt. Ein Klick, und es gehört dir.'],
    action: 'E-Mail-Adresse bestätigen',
    closing: [
      'Der Link gilt zwei Tage. Wenn du das nicht warst, musst du nichts tun: Ohne den Link kann niemand das Konto benutzen.',
    ],
  },
  reconfirmation: {
    subject: 'Bestätige deine neue Adresse für {domain}',
    heading: 'Bestätige deine neue E-Mail-Adresse',
    text: ['Das Konto {acct} soll künftig diese Adresse benutzen. Folge dem Link, damit es so kommt.'],
    action: 'Neue Adresse bestätigen',
    closing: [
      'Der Link gilt zwei Tage. Wenn du das nicht warst, musst du nichts tun: Die Adresse bleibt, wie sie ist.',
    ],
  },
  email_changed: {
    subject: 'Deine Adresse für {domain} wird geändert',
    heading: 'Neue E-Mail-Adresse',
    text: [
      'Die E-Mail-Adresse von {acct} wird zu {email} geändert, sobald sie bestätigt ist.',
      'Wenn du das nicht warst, ist jemand in dein Konto gelangt: Ändere sofort dein Passwort oder schreib denen, die den Server betreiben.',
    ],
    action: SETTINGS,
  },
  reset_password_instructions: {
    subject: 'Neues Passwort für {domain}',
    heading: 'Neues Passwort wählen',
    text: ['Jemand hat ein neues Passwort für {acct} angefordert. Folge dem Link, um es zu wählen.'],
    action: 'Passwort wählen',
    closing: [
      'Der Link gilt sechs Stunden. Wenn du das nicht warst, musst du nichts tun: Dein Passwort bleibt, wie es ist.',
    ],
  },
  password_change: {
    subject: 'Dein Passwort für {domain} wurde geändert',
    heading: 'Passwort geändert',
    text: [
      'Das Passwort von {acct} wurde geändert, und alle anderen Sitzungen und Apps wurden abgemeldet.',
      'Wenn du das nicht warst, fordere sofort ein neues Passwort an oder schreib denen, die den Server betreiben.',
    ],
    action: 'Neues Passwort anfordern',
  },
  two_factor_enabled: {
    subject: 'Zwei-Faktor-Authentisierung ist an bei {domain}',
    heading: 'Zwei-Faktor-Authentisierung ist an',
    text: [
      'Um sich bei {acct} anzumelden, braucht es jetzt neben dem Passwort einen Code aus deiner Authenticator-App.',
    ],
    action: SETTINGS,
    closing: NOT_YOU,
  },
  two_factor_disabled: {
    subject: 'Zwei-Faktor-Authentisierung ist aus bei {domain}',
    heading: 'Zwei-Faktor-Authentisierung ist aus',
    text: ['Ab jetzt genügt das Passwort, um sich bei {acct} anzumelden.'],
    action: SETTINGS,
    closing: NOT_YOU,
  },
  two_factor_recovery_codes_changed: {
    subject: 'Neue Wiederherstellungscodes für {domain}',
    heading: 'Neue Wiederherstellungscodes',
    text: ['Für {acct} wurden neue Wiederherstellungscodes erstellt. Die alten gelten nicht mehr.'],
    action: SETTINGS,
    closing: NOT_YOU,
  },
  webauthn_enabled: {
    subject: 'Sicherheitsschlüssel sind an bei {domain}',
    heading: 'Sicherheitsschlüssel sind an',
    text: ['Bei {acct} kann man sich jetzt mit einem Sicherheitsschlüssel anmelden.'],
    action: SETTINGS,
    closing: NOT_YOU,
  },
  webauthn_disabled: {
    subject: 'Sicherheitsschlüssel sind aus bei {domain}',
    heading: 'Sicherheitsschlüssel sind aus',
    text: [
      'Bei der Anmeldung bei {acct} wird kein Sicherheitsschlüssel mehr verlangt. Der Code deiner Authenticator-App wird es weiterhin.',
    ],
    action: SETTINGS,
    closing: NOT_YOU,
  },
  webauthn_credential_added: {
    subject: 'Neuer Sicherheitsschlüssel für {domain}',
    heading: 'Sicherheitsschlüssel hinzugefügt',
    text: ['Der Sicherheitsschlüssel „{credential}“ wurde zu {acct} hinzugefügt.'],
    action: SETTINGS,
    closing: NOT_YOU,
  },
  webauthn_credential_deleted: {
    subject: 'Sicherheitsschlüssel entfernt bei {domain}',
    heading: 'Sicherheitsschlüssel entfernt',
    text: ['Der Sicherheitsschlüssel „{credential}“ wurde von {acct} entfernt.'],
    action: SETTINGS,
    closing: NOT_YOU,
  },
  welcome: {
    subject: 'Willkommen bei {site}',
    heading: 'Willkommen, {username}!',
    text: [
      'Du bist {acct}. Sag das Leuten auf irgendeinem Server des Fediverse, und sie können dir folgen.',
      'Ein guter Anfang: Schreib in dein Profil, wer du bist, folge ein paar Leuten und verfasse deinen ersten Beitrag.',
    ],
    action: HOME,
  },
  backup_ready: {
    subject: 'Dein Archiv von {domain} ist fertig',
    heading: 'Dein Archiv ist fertig',
    text: ['Du hast alles angefordert, was {acct} veröffentlicht hat. Es liegt zum Abholen bereit.'],
    action: 'Archiv abholen',
  },
  suspicious_sign_in: {
    subject: 'Anmeldung an einem neuen Ort bei {domain}',
    heading: 'Warst du das?',
    text: ['Jemand hat sich bei {acct} von einer Adresse angemeldet, die wir noch nicht kennen.'],
    action: SESSIONS,
    closing: [
      'Wenn du das warst, ist nichts zu tun. Wenn nicht, ändere sofort dein Passwort und schalte die Zwei-Faktor-Authentisierung an.',
    ],
  },
  failed_2fa: {
    subject: 'Falscher zweiter Faktor bei {domain}',
    heading: 'Jemand kennt dein Passwort',
    text: ['Jemand hat das richtige Passwort von {acct} eingegeben und danach einen falschen Code.'],
    action: SESSIONS,
    closing: ['Wenn du das nicht warst, ändere sofort dein Passwort: Jemand anders kennt es.'],
  },
  warning_none: {
    subject: 'Eine Verwarnung für {acct}',
    heading: 'Ein Wort vom Moderationsteam',
    text: [
      'Das Moderationsteam bittet dich, die Regeln dieses Servers zu beachten. An deinem Konto hat sich nichts geändert.',
    ],
    action: DECISION,
    closing: MAY_APPEAL,
  },
  warning_disable: {
    subject: '{acct} ist eingefroren',
    heading: 'Dein Konto ist eingefroren',
    text: [
      'Du kannst dein Konto vorerst nicht benutzen. Dein Profil und deine Beiträge sind noch da, und nichts wurde gelöscht.',
    ],
    action: DECISION,
    closing: MAY_APPEAL,
  },
  warning_mark_statuses_as_sensitive: {
    subject: 'Beiträge von {acct} wurden als heikel markiert',
    heading: 'Beiträge als heikel markiert',
    text: [
      'Man muss klicken, bevor man die Medien dieser Beiträge sieht. Bitte markiere solche Medien selbst.',
    ],
    action: DECISION,
    closing: MAY_APPEAL,
  },
  warning_delete_statuses: {
    subject: 'Beiträge von {acct} wurden entfernt',
    heading: 'Beiträge entfernt',
    text: [
      'Nach Ansicht des Moderationsteams verstoßen diese Beiträge gegen die Regeln des Servers; sie wurden entfernt.',
    ],
    action: DECISION,
    closing: MAY_APPEAL,
  },
  warning_sensitive: {
    subject: 'Medien von {acct} gelten künftig als heikel',
    heading: 'Deine Medien gelten als heikel',
    text: ['Ab jetzt muss man klicken, bevor man Medien sieht, die du veröffentlichst.'],
    action: DECISION,
    closing: MAY_APPEAL,
  },
  warning_silence: {
    subject: '{acct} ist eingeschränkt',
    heading: 'Dein Konto ist eingeschränkt',
    text: [
      'Du kannst weitermachen wie bisher, aber auf diesem Server sehen nur die deine Beiträge, die dir schon folgen. Andere können dir weiterhin von Hand folgen.',
    ],
    action: DECISION,
    closing: MAY_APPEAL,
  },
  warning_suspend: {
    subject: '{acct} ist gesperrt',
    heading: 'Dein Konto ist gesperrt',
    text: [
      'Du kannst dein Konto nicht mehr benutzen, und weder dein Profil noch deine Beiträge sind zu sehen. In etwa dreißig Tagen werden deine Daten endgültig gelöscht, falls die Entscheidung nicht geändert wird.',
    ],
    action: DECISION,
    closing: MAY_APPEAL,
  },
  appeal_approved: {
    subject: 'Deinem Einspruch vom {date} wurde stattgegeben',
    heading: 'Einspruch stattgegeben',
    text: [
      'Das Moderationsteam stimmt deinem Einspruch vom {date} gegen die Entscheidung vom {decided} über {acct} zu. Die Entscheidung wurde zurückgenommen, und mit deinem Konto ist wieder alles in Ordnung.',
    ],
    action: HOME,
  },
  appeal_rejected: {
    subject: 'Dein Einspruch vom {date} wurde abgelehnt',
    heading: 'Einspruch abgelehnt',
    text: [
      'Das Moderationsteam bleibt auch nach deinem Einspruch vom {date} bei seiner Entscheidung vom {decided} über {acct}.',
    ],
    action: DECISION,
  },
  terms_of_service_changed: {
    subject: 'Neue Nutzungsbedingungen für {site}',
    heading: 'Die Nutzungsbedingungen ändern sich',
    text: [],
    action: 'Bedingungen lesen',
    closing: ['Wenn du dein Konto danach weiter benutzt, stimmst du ihnen zu.'],
  },
  announcement_published: {
    subject: 'Neues von {site}',
    heading: 'Neues von {site}',
    text: [],
    action: HOME,
  },
  mention: {
    subject: '{name} hat dich erwähnt',
    heading: '{name} hat dich erwähnt',
    text: [],
    action: 'Lesen und antworten',
  },
  quote: {
    subject: '{name} hat deinen Beitrag zitiert',
    heading: '{name} hat deinen Beitrag zitiert',
    text: [],
    action: 'Beitrag lesen',
  },
  follow: {
    subject: '{name} folgt dir',
    heading: 'Neuer Follower',
    text: ['{name} folgt dir jetzt.'],
    action: 'Profil ansehen',
  },
  follow_request: {
    subject: '{name} möchte dir folgen',
    heading: 'Folgeanfrage',
    text: ['{name} wartet auf dein Ja oder Nein.'],
    action: 'Anfrage beantworten',
  },
  favourite: {
    subject: '{name} gefällt dein Beitrag',
    heading: '{name} gefällt dein Beitrag',
    text: [],
    action: 'Beitrag ansehen',
  },
  reblog: {
    subject: '{name} hat deinen Beitrag geteilt',
    heading: '{name} hat deinen Beitrag geteilt',
    text: [],
    action: 'Beitrag ansehen',
  },
  new_report: {
    subject: 'Neue Meldung für {domain} (#{id})',
    heading: 'Eine neue Meldung',
    text: [],
    action: 'Meldung ansehen',
  },
  new_appeal: {
    subject: '{username} erhebt Einspruch gegen eine Entscheidung bei {domain}',
    heading: 'Ein neuer Einspruch',
    text: ['{username} bittet darum, die Entscheidung vom {decided} ({deed}) zurückzunehmen, und schreibt:'],
    action: 'Einspruch ansehen',
  },
  new_pending_account: {
    subject: '{username} möchte zu {domain}',
    heading: 'Jemand möchte dazukommen',
    text: ['{username} ({email}) wartet auf deine Entscheidung.'],
    action: 'Anfrage ansehen',
  },
  new_trends: {
    subject: 'Neue Trends auf {domain} warten auf eine Entscheidung',
    heading: 'Dürfen diese Trends gezeigt werden?',
    text: [
      'Sie wären unter den ersten drei, und noch niemand hat sie angesehen. Bis jemand sie zulässt, werden sie nicht gezeigt.',
    ],
    action: 'Trends ansehen',
  },
  new_software_updates: {
    subject: 'Neue Versionen für {domain}',
    heading: 'Es gibt neue Versionen',
    text: ['Neue Versionen der Software von {domain} sind erschienen.'],
    action: 'Aktualisierungen ansehen',
  },
  new_critical_software_updates: {
    subject: 'Dringende Aktualisierungen für {domain}',
    heading: 'Bitte so bald wie möglich aktualisieren',
    text: [
      'Neue Versionen schließen Lücken in der Software von {domain}. Bitte aktualisiere so bald wie möglich.',
    ],
    action: 'Aktualisierungen ansehen',
  },
  auto_close_registrations: {
    subject: '{domain} fragt jetzt, bevor jemand dazukommt',
    heading: 'Anmeldungen müssen nun genehmigt werden',
    text: [
      'Seit einer Woche war niemand vom Moderationsteam hier. Deshalb muss von jetzt an jede neue Anmeldung bei {domain} genehmigt werden, damit niemand den Server für Spam benutzt, während keiner hinsieht.',
      'Du kannst das jederzeit wieder ändern.',
    ],
    action: 'Einstellungen für Anmeldungen',
  },
  subscription_confirmation: {
    subject: 'Möchtest du die Beiträge von {name} per Mail?',
    heading: 'Noch ein Klick',
    text: [
      'Jemand hat darum gebeten, die öffentlichen Beiträge von {name} (@{acct}) an diese Adresse zu schicken.',
    ],
    action: 'Ja, bitte schicken',
    closing: ['Wenn du das nicht warst, musst du nichts tun: Ohne den Klick wird nie etwas geschickt.'],
  },
  subscription_notification: {
    subject: 'Neuer Beitrag von {name}',
    heading: 'Neues von {name}',
    text: [],
    action: 'Profil von {name} ansehen',
    closing: ['Du bekommst diese Mail, weil du die Beiträge von @{acct} abonniert hast.'],
  },
}
