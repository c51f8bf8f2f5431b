import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Plugin } from 'vite'

const PARSER = '@formatjs/icu-messageformat-parser'
const LOCALE_FILE = /\/src\/i18n\/locales\/[\w-]+\.json$/

/** react-intl's own copy of the ICU parser: a dependency of a dependency, so it is looked up from there. */
const parserFile = createRequire(realpathOf('react-intl')).resolve(PARSER)

/**
 * Turns ICU messages into syntax trees while building, so that the bundle carries no parser. A message without
 * anything to fill in stays a string.
 */
export function compiledMessages(): Plugin {
  return {
    name: 'anancus:compiled-messages',
    enforce: 'pre',
    async transform(code, id) {
      if (!LOCALE_FILE.test(id)) return null
      const { parse } = (await import(pathToFileURL(parserFile).href)) as { parse(message: string): unknown }
      const messages = JSON.parse(code) as Record<string, string>
      const compiled = Object.fromEntries(
        Object.entries(messages).map(([key, message]) => [key, compile(message, parse)]),
      )
      return { code: `export default ${JSON.stringify(compiled)}`, map: null, moduleType: 'js' }
    },
  }
}

/** The alias that leaves the ICU parser out of the bundle. */
export function messagesWithoutParser() {
  return [{ find: PARSER, replacement: join(dirname(parserFile), 'no-parser.js') }]
}

function compile(message: string, parse: (message: string) => unknown): unknown {
  return /[{<']/.test(message) ? parse(message) : message
}

function realpathOf(name: string): string {
  return fileURLToPath(import.meta.resolve(name))
}
