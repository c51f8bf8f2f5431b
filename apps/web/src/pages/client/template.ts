import { readFile, stat } from 'node:fs/promises'
import { UnavailableError } from '@anancus/core/kernel/errors'
import { type Html, html, raw } from '@anancus/core/kernel/text/html'
import { CLIENT_FOLDER } from '../assets.ts'

const FILE = `${CLIENT_FOLDER}/index.html`
let cached: { markup: string; changedAt: number } | undefined

export interface Shell {
  title: string
  /** Goes into the head: what other programs read about the page. */
  head: readonly Html[]
  /** What the client starts with. */
  state: unknown
}

/**
 * The client's page, with its head and its start data filled in.
 *
 * @throws UnavailableError the client was never built
 */
export async function renderShell(shell: Shell): Promise<string> {
  const template = await readTemplate()
  const head = html`<title>${shell.title}</title>
${shell.head}`.markup
  const state = `<script id="initial-state" type="application/json">${jsonForHtml(shell.state)}</script>`
  return template
    .replace(/<title>[^<]*<\/title>/, '')
    .replace('<!--head-->', () => head)
    .replace('<!--initial-state-->', () => state)
}

async function readTemplate(): Promise<string> {
  try {
    const changedAt = (await stat(FILE)).mtimeMs
    if (cached?.changedAt !== changedAt) cached = { markup: await readFile(FILE, 'utf8'), changedAt }
    return cached.markup
  } catch (error) {
    throw new UnavailableError('The web client is not built yet: run `pnpm build`.', { cause: error })
  }
}

/** JSON that cannot end the element it stands in. */
export function jsonForHtml(value: unknown): Html {
  return raw(
    JSON.stringify(value)
      .replaceAll('<', '\\u003c')
      .replaceAll('>', '\\u003e')
      .replaceAll('&', '\\u0026')
      .replaceAll('\u2028', '\\u2028')
      .replaceAll('\u2029', '\\u2029'),
  )
}
