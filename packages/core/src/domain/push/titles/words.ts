import type { NotificationType } from '../../../entities/types/index.ts'

/** One line for each kind of notification; `{name}` is who caused it. */
export type TitleWords = Readonly<Record<NotificationType, string>>

export const en: TitleWords = {
  mention: '{name} mentioned you',
  status: '{name} just posted',
  reblog: '{name} boosted your post',
  follow: '{name} now follows you',
  follow_request: '{name} wants to follow you',
  favourite: '{name} favourited your post',
  poll: 'A poll by {name} has ended',
  update: '{name} edited a post',
  severed_relationships: 'You lost some connections',
  moderation_warning: 'You have received a warning from the moderators',
  annual_report: 'Your year in posts is ready',
  'admin.sign_up': '{name} signed up',
  'admin.report': '{name} sent a report',
  quote: '{name} quoted your post',
  quoted_update: '{name} edited a post you quoted',
  added_to_collection: '{name} added you to a collection',
  collection_update: '{name} changed a collection you are in',
}

export const de: TitleWords = {
  mention: '{name} hat dich erwähnt',
  status: '{name} hat etwas veröffentlicht',
  reblog: '{name} hat deinen Beitrag geteilt',
  follow: '{name} folgt dir jetzt',
  follow_request: '{name} möchte dir folgen',
  favourite: '{name} hat deinen Beitrag favorisiert',
  poll: 'Eine Umfrage von {name} ist beendet',
  update: '{name} hat einen Beitrag bearbeitet',
  severed_relationships: 'Du hast einige Verbindungen verloren',
  moderation_warning: 'Du hast eine Verwarnung der Moderation erhalten',
  annual_report: 'Dein Jahresrückblick ist da',
  'admin.sign_up': '{name} hat sich registriert',
  'admin.report': '{name} hat etwas gemeldet',
  quote: '{name} hat deinen Beitrag zitiert',
  quoted_update: '{name} hat einen von dir zitierten Beitrag bearbeitet',
  added_to_collection: '{name} hat dich zu einer Sammlung hinzugefügt',
  collection_update: '{name} hat eine Sammlung geändert, in der du bist',
}

export const fr: TitleWords = {
  mention: '{name} vous a mentionné·e',
  status: '{name} vient de publier',
  reblog: '{name} a partagé votre message',
  follow: '{name} vous suit',
  follow_request: '{name} souhaite vous suivre',
  favourite: '{name} a ajouté votre message à ses favoris',
  poll: 'Un sondage de {name} est terminé',
  update: '{name} a modifié un message',
  severed_relationships: 'Vous avez perdu des relations',
  moderation_warning: 'Vous avez reçu un avertissement de la modération',
  annual_report: 'Votre rétrospective de l’année est prête',
  'admin.sign_up': '{name} s’est inscrit·e',
  'admin.report': '{name} a envoyé un signalement',
  quote: '{name} a cité votre message',
  quoted_update: '{name} a modifié un message que vous citez',
  added_to_collection: '{name} vous a ajouté·e à une collection',
  collection_update: '{name} a modifié une collection où vous figurez',
}

export const es: TitleWords = {
  mention: '{name} te ha mencionado',
  status: '{name} acaba de publicar',
  reblog: '{name} ha impulsado tu publicación',
  follow: '{name} ahora te sigue',
  follow_request: '{name} quiere seguirte',
  favourite: '{name} ha marcado tu publicación como favorita',
  poll: 'Una encuesta de {name} ha terminado',
  update: '{name} ha editado una publicación',
  severed_relationships: 'Has perdido algunas conexiones',
  moderation_warning: 'Has recibido una advertencia de la moderación',
  annual_report: 'Tu resumen del año está listo',
  'admin.sign_up': '{name} se ha registrado',
  'admin.report': '{name} ha enviado un informe',
  quote: '{name} ha citado tu publicación',
  quoted_update: '{name} ha editado una publicación que citaste',
  added_to_collection: '{name} te ha añadido a una colección',
  collection_update: '{name} ha cambiado una colección en la que estás',
}
