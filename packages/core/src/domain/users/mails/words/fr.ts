import type { MailWords } from './words.ts'

const NOT_YOU = ['Si ce n’était pas vous, changez tout de suite votre mot de passe.']
const MAY_APPEAL = ['Si vous pensez qu’il s’agit d’une erreur, vous pouvez faire appel pendant vingt jours.']
const DECISION = 'Lire la décision'
const SETTINGS = 'Paramètres du compte'
const HOME = 'Aller à l’accueil'
const SESSIONS = 'Voir vos sessions'

export const fr: MailWords = {
  phrases: {
    button: 'Si le bouton ne marche pas, ouvrez cette adresse :',
    sentBy: 'Envoyé par {site}',
    unsubscribe: 'Ne plus recevoir ces e-mails',
    because: 'Vous recevez cet e-mail parce que vous avez un compte sur {domain}.',
    becauseNotified: 'Vous recevez cet e-mail parce que {acct} a demandé à en être averti par e-mail.',
    settings: 'Choisir quels e-mails recevoir',
    staff: 'Vous recevez cet e-mail parce que vous vous occupez de {domain}.',
    pendingApproval:
      'Une fois votre adresse confirmée, l’équipe de modération examinera votre demande. Vous ne pouvez pas vous connecter avant ; nous vous écrirons quand elle sera acceptée.',
    about: 'Messages concernés : {posts}',
    andMore: 'et {count} autres',
    reportedBy: '{reporter} a signalé {target} ({category}).',
    reportedFrom: 'Quelqu’un sur {domain} a signalé {target} ({category}).',
    posts: 'Messages : {list}',
    hashtags: 'Hashtags : {list}',
    links: 'Liens : {list}',
    visit: 'Quand : {at} · Depuis : {ip} · Avec : {browser}',
    termsNow: 'Les nouvelles conditions s’appliquent dès maintenant.',
    termsFrom: 'Les nouvelles conditions s’appliquent à partir du {day} (UTC).',
    changes: 'Ce qui change :',
    version: 'Version {version}',
    warned: 'La suite est derrière un avertissement.',
    attachments: 'Pièces jointes : {count}',
    poll: 'Avec un sondage.',
    readPost: 'Lire sur le web',
    newPosts: '{count} nouveaux messages de {name}',
  },
  reportCategories: {
    other: 'autre',
    spam: 'spam',
    legal: 'contenu illégal',
    violation: 'contraire aux règles',
  },
  confirmation_instructions: {
    subject: 'Confirmez votre adresse pour {domain}',
    heading: 'Confirmez votre adresse e-mail',
    text: ['Vous avez créé le compte {acct} avec cette adresse. Un clic, et il est à vous.'],
    action: 'Confirmer l’adresse e-mail',
    closing: [
      'Le lien est valable deux jours. Si ce n’était pas vous, ne faites rien : sans le lien, personne ne peut utiliser le compte.',
    ],
  },
  reconfirmation: {
    subject: 'Confirmez votre nouvelle adresse pour {domain}',
    heading: 'Confirmez votre nouvelle adresse e-mail',
    text: ['Le compte {acct} va utiliser cette adresse. Suivez le lien pour que ce soit fait.'],
    action: 'Confirmer la nouvelle adresse',
    closing: [
      'Le lien est valable deux jours. Si ce n’était pas vous, ne faites rien : l’adresse reste la même.',
    ],
  },
  email_changed: {
    subject: 'Votre adresse pour {domain} va changer',
    heading: 'Nouvelle adresse e-mail',
    text: [
      'L’adresse e-mail de {acct} deviendra {email} dès qu’elle sera confirmée.',
      'Si ce n’était pas vous, quelqu’un est entré dans votre compte : changez tout de suite votre mot de passe ou écrivez à ceux qui gèrent le serveur.',
    ],
    action: SETTINGS,
  },
  reset_password_instructions: {
    subject: 'Nouveau mot de passe pour {domain}',
    heading: 'Choisir un nouveau mot de passe',
    text: ['Quelqu’un a demandé un nouveau mot de passe pour {acct}. Suivez le lien pour le choisir.'],
    action: 'Choisir un mot de passe',
    closing: [
      'Le lien est valable six heures. Si ce n’était pas vous, ne faites rien : votre mot de passe reste le même.',
    ],
  },
  password_change: {
    subject: 'Votre mot de passe pour {domain} a changé',
    heading: 'Mot de passe changé',
    text: [
      'Le mot de passe de {acct} a été changé, et toutes les autres sessions et applications ont été déconnectées.',
      'Si ce n’était pas vous, demandez tout de suite un nouveau mot de passe ou écrivez à ceux qui gèrent le serveur.',
    ],
    action: 'Demander un nouveau mot de passe',
  },
  two_factor_enabled: {
    subject: 'La double authentification est activée sur {domain}',
    heading: 'Double authentification activée',
    text: [
      'Pour se connecter à {acct}, il faut désormais un code de votre application en plus du mot de passe.',
    ],
    action: SETTINGS,
    closing: NOT_YOU,
  },
  two_factor_disabled: {
    subject: 'La double authentification est désactivée sur {domain}',
    heading: 'Double authentification désactivée',
    text: ['Désormais, le mot de passe suffit pour se connecter à {acct}.'],
    action: SETTINGS,
    closing: NOT_YOU,
  },
  two_factor_recovery_codes_changed: {
    subject: 'Nouveaux codes de secours pour {domain}',
    heading: 'Nouveaux codes de secours',
    text: ['De nouveaux codes de secours ont été créés pour {acct}. Les anciens ne marchent plus.'],
    action: SETTINGS,
    closing: NOT_YOU,
  },
  webauthn_enabled: {
    subject: 'Les clés de sécurité sont activées sur {domain}',
    heading: 'Clés de sécurité activées',
    text: ['On peut désormais se connecter à {acct} avec une clé de sécurité.'],
    action: SETTINGS,
    closing: NOT_YOU,
  },
  webauthn_disabled: {
    subject: 'Les clés de sécurité sont désactivées sur {domain}',
    heading: 'Clés de sécurité désactivées',
    text: [
      'Aucune clé de sécurité n’est plus demandée pour se connecter à {acct}. Le code de votre application l’est toujours.',
    ],
    action: SETTINGS,
    closing: NOT_YOU,
  },
  webauthn_credential_added: {
    subject: 'Nouvelle clé de sécurité pour {domain}',
    heading: 'Clé de sécurité ajoutée',
    text: ['La clé de sécurité « {credential} » a été ajoutée à {acct}.'],
    action: SETTINGS,
    closing: NOT_YOU,
  },
  webauthn_credential_deleted: {
    subject: 'Clé de sécurité retirée sur {domain}',
    heading: 'Clé de sécurité retirée',
    text: ['La clé de sécurité « {credential} » a été retirée de {acct}.'],
    action: SETTINGS,
    closing: NOT_YOU,
  },
  welcome: {
    subject: 'Bienvenue sur {site}',
    heading: 'Bienvenue, {username} !',
    text: [
      'Vous êtes {acct}. Dites-le à vos proches, sur n’importe quel serveur du fédivers, et ils pourront vous suivre.',
      'Pour bien commencer : présentez-vous dans votre profil, suivez quelques personnes et écrivez votre premier message.',
    ],
    action: HOME,
  },
  backup_ready: {
    subject: 'Votre archive de {domain} est prête',
    heading: 'Votre archive est prête',
    text: ['Vous avez demandé tout ce que {acct} a publié. Vous pouvez maintenant le récupérer.'],
    action: 'Récupérer l’archive',
  },
  suspicious_sign_in: {
    subject: 'Connexion à {domain} depuis un nouvel endroit',
    heading: 'Était-ce vous ?',
    text: ['Quelqu’un s’est connecté à {acct} depuis une adresse que nous n’avions jamais vue.'],
    action: SESSIONS,
    closing: [
      'Si c’était vous, il n’y a rien à faire. Sinon, changez tout de suite votre mot de passe et activez la double authentification.',
    ],
  },
  failed_2fa: {
    subject: 'Second facteur erroné sur {domain}',
    heading: 'Quelqu’un connaît votre mot de passe',
    text: ['Quelqu’un a donné le bon mot de passe de {acct}, puis un code erroné.'],
    action: SESSIONS,
    closing: [
      'Si ce n’était pas vous, changez tout de suite votre mot de passe : quelqu’un d’autre le connaît.',
    ],
  },
  warning_none: {
    subject: 'Un avertissement pour {acct}',
    heading: 'Un mot de la modération',
    text: [
      'L’équipe de modération vous demande de respecter les règles de ce serveur. Rien n’a changé pour votre compte.',
    ],
    action: DECISION,
    closing: MAY_APPEAL,
  },
  warning_disable: {
    subject: '{acct} est gelé',
    heading: 'Votre compte est gelé',
    text: [
      'Vous ne pouvez pas utiliser votre compte pour l’instant. Votre profil et vos messages sont toujours là, et rien n’a été supprimé.',
    ],
    action: DECISION,
    closing: MAY_APPEAL,
  },
  warning_mark_statuses_as_sensitive: {
    subject: 'Des messages de {acct} ont été marqués comme sensibles',
    heading: 'Messages marqués comme sensibles',
    text: [
      'Il faut cliquer avant de voir les médias de ces messages. Merci de marquer vous-même de tels médias.',
    ],
    action: DECISION,
    closing: MAY_APPEAL,
  },
  warning_delete_statuses: {
    subject: 'Des messages de {acct} ont été retirés',
    heading: 'Messages retirés',
    text: [
      'L’équipe de modération estime que ces messages enfreignent les règles du serveur et les a retirés.',
    ],
    action: DECISION,
    closing: MAY_APPEAL,
  },
  warning_sensitive: {
    subject: 'Les médias de {acct} seront marqués comme sensibles',
    heading: 'Vos médias sont marqués comme sensibles',
    text: ['Désormais, il faut cliquer avant de voir les médias que vous publiez.'],
    action: DECISION,
    closing: MAY_APPEAL,
  },
  warning_silence: {
    subject: '{acct} est limité',
    heading: 'Votre compte est limité',
    text: [
      'Vous pouvez continuer comme avant, mais sur ce serveur seules les personnes qui vous suivent déjà voient vos messages. Les autres peuvent toujours vous suivre elles-mêmes.',
    ],
    action: DECISION,
    closing: MAY_APPEAL,
  },
  warning_suspend: {
    subject: '{acct} est suspendu',
    heading: 'Votre compte est suspendu',
    text: [
      'Vous ne pouvez plus utiliser votre compte, et ni votre profil ni vos messages ne sont visibles. Vos données seront supprimées définitivement dans une trentaine de jours, sauf si la décision change.',
    ],
    action: DECISION,
    closing: MAY_APPEAL,
  },
  appeal_approved: {
    subject: 'Votre appel du {date} a été accepté',
    heading: 'Appel accepté',
    text: [
      'L’équipe de modération accepte votre appel du {date} contre la décision du {decided} sur {acct}. La décision est annulée, et tout est de nouveau en ordre pour votre compte.',
    ],
    action: HOME,
  },
  appeal_rejected: {
    subject: 'Votre appel du {date} a été rejeté',
    heading: 'Appel rejeté',
    text: [
      'Après avoir lu votre appel du {date}, l’équipe de modération maintient sa décision du {decided} sur {acct}.',
    ],
    action: DECISION,
  },
  terms_of_service_changed: {
    subject: 'Nouvelles conditions d’utilisation de {site}',
    heading: 'Les conditions d’utilisation changent',
    text: [],
    action: 'Lire les conditions',
    closing: ['Si vous continuez à utiliser votre compte après cette date, vous les acceptez.'],
  },
  announcement_published: {
    subject: 'Nouvelles de {site}',
    heading: 'Nouvelles de {site}',
    text: [],
    action: HOME,
  },
  mention: {
    subject: '{name} vous a mentionné',
    heading: '{name} vous a mentionné',
    text: [],
    action: 'Lire et répondre',
  },
  quote: {
    subject: '{name} a cité votre message',
    heading: '{name} a cité votre message',
    text: [],
    action: 'Lire le message',
  },
  follow: {
    subject: '{name} vous suit',
    heading: 'Une personne de plus vous suit',
    text: ['{name} vous suit maintenant.'],
    action: 'Voir le profil',
  },
  follow_request: {
    subject: '{name} veut vous suivre',
    heading: 'Demande d’abonnement',
    text: ['{name} attend votre réponse.'],
    action: 'Répondre à la demande',
  },
  favourite: {
    subject: '{name} a aimé votre message',
    heading: '{name} a aimé votre message',
    text: [],
    action: 'Voir votre message',
  },
  reblog: {
    subject: '{name} a partagé votre message',
    heading: '{name} a partagé votre message',
    text: [],
    action: 'Voir votre message',
  },
  new_report: {
    subject: 'Nouveau signalement pour {domain} (n° {id})',
    heading: 'Un nouveau signalement',
    text: [],
    action: 'Voir le signalement',
  },
  new_appeal: {
    subject: '{username} fait appel d’une décision sur {domain}',
    heading: 'Un nouvel appel',
    text: ['{username} vous demande de revenir sur la décision du {decided} ({deed}) et écrit :'],
    action: 'Voir l’appel',
  },
  new_pending_account: {
    subject: '{username} demande à rejoindre {domain}',
    heading: 'Quelqu’un demande à rejoindre le serveur',
    text: ['{username} ({email}) attend votre décision.'],
    action: 'Voir la demande',
  },
  new_trends: {
    subject: 'De nouvelles tendances sur {domain} attendent une décision',
    heading: 'Peut-on montrer ces tendances ?',
    text: [
      'Elles seraient parmi les trois premières, et personne ne les a encore regardées. Elles ne sont pas montrées avant que quelqu’un les accepte.',
    ],
    action: 'Voir les tendances',
  },
  new_software_updates: {
    subject: 'Nouvelles versions pour {domain}',
    heading: 'Il y a de nouvelles versions',
    text: ['De nouvelles versions du logiciel de {domain} sont sorties.'],
    action: 'Voir les mises à jour',
  },
  new_critical_software_updates: {
    subject: 'Mises à jour urgentes pour {domain}',
    heading: 'Mettez à jour dès que possible',
    text: [
      'De nouvelles versions comblent des failles du logiciel de {domain}. Mettez à jour dès que possible.',
    ],
    action: 'Voir les mises à jour',
  },
  auto_close_registrations: {
    subject: '{domain} demande maintenant une approbation à l’inscription',
    heading: 'Les inscriptions doivent être approuvées',
    text: [
      'Personne de la modération n’est venu depuis une semaine. Désormais, toute inscription sur {domain} doit être approuvée, pour que le serveur ne serve pas au spam pendant que personne ne regarde.',
      'Vous pouvez rouvrir les inscriptions à tout moment.',
    ],
    action: 'Paramètres des inscriptions',
  },
  subscription_confirmation: {
    subject: 'Voulez-vous recevoir les messages de {name} par e-mail ?',
    heading: 'Encore un clic',
    text: ['Quelqu’un a demandé d’envoyer les messages publics de {name} (@{acct}) à cette adresse.'],
    action: 'Oui, envoyez-les',
    closing: ['Si ce n’était pas vous, ne faites rien : sans ce clic, rien n’est envoyé.'],
  },
  subscription_notification: {
    subject: 'Nouveau message de {name}',
    heading: 'Du nouveau de {name}',
    text: [],
    action: 'Voir le profil de {name}',
    closing: ['Vous recevez cet e-mail parce que vous êtes abonné aux messages de @{acct}.'],
  },
}
