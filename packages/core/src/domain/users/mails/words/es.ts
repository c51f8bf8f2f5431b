import type { MailWords } from './words.ts'

const NOT_YOU = ['Si no fuiste tú, cambia tu contraseña de inmediato.']
const MAY_APPEAL = ['Si crees que es un error, puedes apelar durante veinte días.']
const DECISION = 'Leer la decisión'
const SETTINGS = 'Ajustes de la cuenta'
const HOME = 'Ir al inicio'
const SESSIONS = 'Ver tus sesiones'

export const es: MailWords = {
  phrases: {
    button: 'Si el botón no funciona, abre esta dirección:',
    sentBy: 'Enviado por {site}',
    unsubscribe: 'No recibir más correos de este tipo',
    because: 'Recibes este correo porque tienes una cuenta en {domain}.',
    becauseNotified: 'Recibes este correo porque {acct} pidió enterarse de estas cosas por correo.',
    settings: 'Elegir qué correos recibir',
    staff: 'Recibes este correo porque cuidas de {domain}.',
    pendingApproval:
      'Cuando tu dirección esté confirmada, el equipo de moderación mirará tu solicitud. Antes no puedes iniciar sesión; te escribiremos cuando te acepten.',
    about: 'Se trata de: {posts}',
    andMore: 'y {count} más',
    reportedBy: '{reporter} ha denunciado a {target} ({category}).',
    reportedFrom: 'Alguien en {domain} ha denunciado a {target} ({category}).',
    posts: 'Publicaciones: {list}',
    hashtags: 'Etiquetas: {list}',
    links: 'Enlaces: {list}',
    visit: 'Cuándo: {at} · Desde: {ip} · Con: {browser}',
    termsNow: 'Las nuevas condiciones valen desde ahora.',
    termsFrom: 'Las nuevas condiciones valen desde el {day} (UTC).',
    changes: 'Qué cambia:',
    version: 'Versión {version}',
    warned: 'El resto está detrás de una advertencia.',
    attachments: 'Adjuntos: {count}',
    poll: 'Con una encuesta.',
    readPost: 'Leer en la web',
    newPosts: '{count} publicaciones nuevas de {name}',
  },
  reportCategories: {
    other: 'otro',
    spam: 'spam',
    legal: 'contenido ilegal',
    violation: 'infringe las normas',
  },
  confirmation_instructions: {
    subject: 'Confirma tu dirección para {domain}',
    heading: 'Confirma tu dirección de correo',
    text: ['Creaste la cuenta {acct} con esta dirección. Un clic y es tuya.'],
    action: 'Confirmar la dirección',
    closing: [
      'El enlace vale dos días. Si no fuiste tú, no hagas nada: sin el enlace nadie puede usar la cuenta.',
    ],
  },
  reconfirmation: {
    subject: 'Confirma tu nueva dirección para {domain}',
    heading: 'Confirma tu nueva dirección de correo',
    text: ['La cuenta {acct} va a usar esta dirección. Sigue el enlace para que así sea.'],
    action: 'Confirmar la nueva dirección',
    closing: ['El enlace vale dos días. Si no fuiste tú, no hagas nada: la dirección sigue igual.'],
  },
  email_changed: {
    subject: 'Tu dirección para {domain} va a cambiar',
    heading: 'Nueva dirección de correo',
    text: [
      'La dirección de {acct} será {email} en cuanto se confirme.',
      'Si no fuiste tú, alguien ha entrado en tu cuenta: cambia tu contraseña de inmediato o escribe a quienes llevan el servidor.',
    ],
    action: SETTINGS,
  },
  reset_password_instructions: {
    subject: 'Nueva contraseña para {domain}',
    heading: 'Elige una nueva contraseña',
    text: ['Alguien pidió una nueva contraseña para {acct}. Sigue el enlace para elegirla.'],
    action: 'Elegir contraseña',
    closing: ['El enlace vale seis horas. Si no fuiste tú, no hagas nada: tu contraseña sigue igual.'],
  },
  password_change: {
    subject: 'Tu contraseña de {domain} ha cambiado',
    heading: 'Contraseña cambiada',
    text: [
      'La contraseña de {acct} ha cambiado, y todas las demás sesiones y aplicaciones se han cerrado.',
      'Si no fuiste tú, pide una nueva contraseña de inmediato o escribe a quienes llevan el servidor.',
    ],
    action: 'Pedir una nueva contraseña',
  },
  two_factor_enabled: {
    subject: 'La verificación en dos pasos está activada en {domain}',
    heading: 'Verificación en dos pasos activada',
    text: ['Para entrar en {acct} ahora hace falta un código de tu aplicación además de la contraseña.'],
    action: SETTINGS,
    closing: NOT_YOU,
  },
  two_factor_disabled: {
    subject: 'La verificación en dos pasos está desactivada en {domain}',
    heading: 'Verificación en dos pasos desactivada',
    text: ['Desde ahora basta la contraseña para entrar en {acct}.'],
    action: SETTINGS,
    closing: NOT_YOU,
  },
  two_factor_recovery_codes_changed: {
    subject: 'Nuevos códigos de recuperación para {domain}',
    heading: 'Nuevos códigos de recuperación',
    text: ['Se han creado nuevos códigos de recuperación para {acct}. Los anteriores ya no valen.'],
    action: SETTINGS,
    closing: NOT_YOU,
  },
  webauthn_enabled: {
    subject: 'Las llaves de seguridad están activadas en {domain}',
    heading: 'Llaves de seguridad activadas',
    text: ['Ahora se puede entrar en {acct} con una llave de seguridad.'],
    action: SETTINGS,
    closing: NOT_YOU,
  },
  webauthn_disabled: {
    subject: 'Las llaves de seguridad están desactivadas en {domain}',
    heading: 'Llaves de seguridad desactivadas',
    text: ['Ya no se pide ninguna llave de seguridad para entrar en {acct}. El código de tu aplicación, sí.'],
    action: SETTINGS,
    closing: NOT_YOU,
  },
  webauthn_credential_added: {
    subject: 'Nueva llave de seguridad para {domain}',
    heading: 'Llave de seguridad añadida',
    text: ['La llave de seguridad «{credential}» se ha añadido a {acct}.'],
    action: SETTINGS,
    closing: NOT_YOU,
  },
  webauthn_credential_deleted: {
    subject: 'Llave de seguridad quitada en {domain}',
    heading: 'Llave de seguridad quitada',
    text: ['La llave de seguridad «{credential}» se ha quitado de {acct}.'],
    action: SETTINGS,
    closing: NOT_YOU,
  },
  welcome: {
    subject: 'Te damos la bienvenida a {site}',
    heading: '¡Hola, {username}!',
    text: [
      'Eres {acct}. Díselo a tus amistades en cualquier servidor del fediverso, y podrán seguirte.',
      'Para empezar bien: cuenta quién eres en tu perfil, sigue a unas cuantas personas y escribe tu primera publicación.',
    ],
    action: HOME,
  },
  backup_ready: {
    subject: 'Tu archivo de {domain} está listo',
    heading: 'Tu archivo está listo',
    text: ['Pediste todo lo que {acct} ha publicado. Ya lo puedes descargar.'],
    action: 'Descargar el archivo',
  },
  suspicious_sign_in: {
    subject: 'Inicio de sesión en {domain} desde un lugar nuevo',
    heading: '¿Fuiste tú?',
    text: ['Alguien entró en {acct} desde una dirección que no habíamos visto.'],
    action: SESSIONS,
    closing: [
      'Si fuiste tú, no hay nada que hacer. Si no, cambia tu contraseña de inmediato y activa la verificación en dos pasos.',
    ],
  },
  failed_2fa: {
    subject: 'Segundo factor erróneo en {domain}',
    heading: 'Alguien sabe tu contraseña',
    text: ['Alguien dio la contraseña correcta de {acct} y después un código erróneo.'],
    action: SESSIONS,
    closing: ['Si no fuiste tú, cambia tu contraseña de inmediato: alguien más la sabe.'],
  },
  warning_none: {
    subject: 'Una advertencia para {acct}',
    heading: 'Unas palabras del equipo de moderación',
    text: [
      'El equipo de moderación te pide que respetes las normas de este servidor. Nada ha cambiado en tu cuenta.',
    ],
    action: DECISION,
    closing: MAY_APPEAL,
  },
  warning_disable: {
    subject: '{acct} está congelada',
    heading: 'Tu cuenta está congelada',
    text: [
      'Por ahora no puedes usar tu cuenta. Tu perfil y tus publicaciones siguen ahí, y no se ha borrado nada.',
    ],
    action: DECISION,
    closing: MAY_APPEAL,
  },
  warning_mark_statuses_as_sensitive: {
    subject: 'Publicaciones de {acct} se han marcado como sensibles',
    heading: 'Publicaciones marcadas como sensibles',
    text: [
      'Hay que hacer clic antes de ver los medios de estas publicaciones. Por favor, marca tú esos medios.',
    ],
    action: DECISION,
    closing: MAY_APPEAL,
  },
  warning_delete_statuses: {
    subject: 'Se han retirado publicaciones de {acct}',
    heading: 'Publicaciones retiradas',
    text: [
      'El equipo de moderación cree que estas publicaciones infringen las normas del servidor y las ha retirado.',
    ],
    action: DECISION,
    closing: MAY_APPEAL,
  },
  warning_sensitive: {
    subject: 'Los medios de {acct} se marcarán como sensibles',
    heading: 'Tus medios se marcan como sensibles',
    text: ['Desde ahora hay que hacer clic antes de ver los medios que publiques.'],
    action: DECISION,
    closing: MAY_APPEAL,
  },
  warning_silence: {
    subject: '{acct} está limitada',
    heading: 'Tu cuenta está limitada',
    text: [
      'Puedes seguir como antes, pero en este servidor solo ven tus publicaciones quienes ya te siguen. Los demás todavía pueden seguirte a mano.',
    ],
    action: DECISION,
    closing: MAY_APPEAL,
  },
  warning_suspend: {
    subject: '{acct} está suspendida',
    heading: 'Tu cuenta está suspendida',
    text: [
      'Ya no puedes usar tu cuenta, y no se ven ni tu perfil ni tus publicaciones. En unos treinta días tus datos se borrarán para siempre, si la decisión no cambia.',
    ],
    action: DECISION,
    closing: MAY_APPEAL,
  },
  appeal_approved: {
    subject: 'Tu apelación del {date} ha sido aceptada',
    heading: 'Apelación aceptada',
    text: [
      'El equipo de moderación acepta tu apelación del {date} contra la decisión del {decided} sobre {acct}. La decisión queda anulada, y tu cuenta vuelve a estar en orden.',
    ],
    action: HOME,
  },
  appeal_rejected: {
    subject: 'Tu apelación del {date} ha sido rechazada',
    heading: 'Apelación rechazada',
    text: [
      'Tras leer tu apelación del {date}, el equipo de moderación mantiene su decisión del {decided} sobre {acct}.',
    ],
    action: DECISION,
  },
  terms_of_service_changed: {
    subject: 'Nuevas condiciones del servicio de {site}',
    heading: 'Las condiciones del servicio cambian',
    text: [],
    action: 'Leer las condiciones',
    closing: ['Si sigues usando tu cuenta después de ese día, las aceptas.'],
  },
  announcement_published: {
    subject: 'Novedades de {site}',
    heading: 'Novedades de {site}',
    text: [],
    action: HOME,
  },
  mention: {
    subject: '{name} te ha mencionado',
    heading: '{name} te ha mencionado',
    text: [],
    action: 'Leer y responder',
  },
  quote: {
    subject: '{name} ha citado tu publicación',
    heading: '{name} ha citado tu publicación',
    text: [],
    action: 'Leer la publicación',
  },
  follow: {
    subject: '{name} te sigue',
    heading: 'Alguien más te sigue',
    text: ['{name} ahora te sigue.'],
    action: 'Ver el perfil',
  },
  follow_request: {
    subject: '{name} quiere seguirte',
    heading: 'Solicitud de seguimiento',
    text: ['{name} espera tu respuesta.'],
    action: 'Responder a la solicitud',
  },
  favourite: {
    subject: 'A {name} le gusta tu publicación',
    heading: 'A {name} le gusta tu publicación',
    text: [],
    action: 'Ver tu publicación',
  },
  reblog: {
    subject: '{name} ha impulsado tu publicación',
    heading: '{name} ha impulsado tu publicación',
    text: [],
    action: 'Ver tu publicación',
  },
  new_report: {
    subject: 'Nueva denuncia para {domain} (#{id})',
    heading: 'Una nueva denuncia',
    text: [],
    action: 'Ver la denuncia',
  },
  new_appeal: {
    subject: '{username} apela una decisión en {domain}',
    heading: 'Una nueva apelación',
    text: ['{username} os pide anular la decisión del {decided} ({deed}) y escribe:'],
    action: 'Ver la apelación',
  },
  new_pending_account: {
    subject: '{username} pide entrar en {domain}',
    heading: 'Alguien pide entrar',
    text: ['{username} ({email}) espera tu decisión.'],
    action: 'Ver la solicitud',
  },
  new_trends: {
    subject: 'Nuevas tendencias en {domain} esperan una decisión',
    heading: '¿Pueden mostrarse estas tendencias?',
    text: [
      'Estarían entre las tres primeras, y nadie las ha mirado todavía. Hasta que alguien las permita no se muestran.',
    ],
    action: 'Ver las tendencias',
  },
  new_software_updates: {
    subject: 'Nuevas versiones para {domain}',
    heading: 'Hay nuevas versiones',
    text: ['Han salido nuevas versiones del software de {domain}.'],
    action: 'Ver las actualizaciones',
  },
  new_critical_software_updates: {
    subject: 'Actualizaciones urgentes para {domain}',
    heading: 'Actualiza cuanto antes',
    text: ['Nuevas versiones cierran fallos de seguridad del software de {domain}. Actualiza cuanto antes.'],
    action: 'Ver las actualizaciones',
  },
  auto_close_registrations: {
    subject: '{domain} ahora pide aprobación para entrar',
    heading: 'Los registros necesitan aprobación',
    text: [
      'Hace una semana que nadie del equipo de moderación pasa por aquí. Desde ahora cada registro en {domain} necesita aprobación, para que nadie use el servidor para spam mientras no hay quien mire.',
      'Puedes volver a abrirlo cuando quieras.',
    ],
    action: 'Ajustes de registro',
  },
  subscription_confirmation: {
    subject: '¿Quieres las publicaciones de {name} por correo?',
    heading: 'Un clic más',
    text: ['Alguien pidió enviar las publicaciones públicas de {name} (@{acct}) a esta dirección.'],
    action: 'Sí, enviadlas',
    closing: ['Si no fuiste tú, no hagas nada: sin el clic nunca se envía nada.'],
  },
  subscription_notification: {
    subject: 'Nueva publicación de {name}',
    heading: 'Novedades de {name}',
    text: [],
    action: 'Ver el perfil de {name}',
    closing: ['Recibes este correo porque te suscribiste a las publicaciones de @{acct}.'],
  },
}
