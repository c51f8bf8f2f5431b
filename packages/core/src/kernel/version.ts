/** Ours. */
export const VERSION = '0.1.0'

/** The Mastodon whose API we speak: clients compare the head of `version`. */
export const MASTODON_VERSION = '4.6.5'

/** As `/api/v2/instance` reports it. */
export const COMPATIBLE_VERSION = `${MASTODON_VERSION} (compatible; Anancus ${VERSION})`

export const SOURCE_URL = 'https://github.com/anancus/anancus'
