import { readFile, stat } from 'node:fs/promises'
import { type Html, html, raw } from '@anancus/core/kernel/text/html'

/** The client's page as the build wrote it, cut where something is filled in. */
export interface Template {
  beforeHead: string
  beforeState: string
  rest: string
}

export interface Shell {
  title: string
  /** What other programs read about the page. */
  head: readonly Html[]
  /** What the client starts with. */
  state: unknown
}

const HEAD = '<!--head-->'
const STATE = '<!--initial-state-->'
const read = new Map<string, { template: Template; changedAt: number }>()

/** The template in the folder of a build; read again once it was built anew. Null while there is none. */
export async function readTemplate(folder: string): Promise<Template | null> {
  const file = `${folder}/index.html`
  const changedAt = await changeOf(file)
  if (changedAt === null) return null
  const known = read.get(file)
  if (known?.changedAt === changedAt) return known.template
  const template = cut(await readFile(file, 'utf8'))
  if (template) read.set(file, { template, changedAt })
  return template
}

async function changeOf(file: string): Promise<number | null> {
  try {
    return (await stat(file)).mtimeMs
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** Null for a page without its two marks: one that is still being written. */
function cut(markup: string): Template | null {
  const [beforeHead = '', afterHead] = markup.replace(/<title>[^<]*<\/title>/, '').split(HEAD)
  const [beforeState = '', rest] = afterHead?.split(STATE) ?? []
  return rest === undefined ? null : { beforeHead, beforeState, rest }
}

export function fillShell({ beforeHead, beforeState, rest }: Template, shell: Shell): string {
  const head = html`<title>${shell.title}</title>
${shell.head}`
  const state = html`<script id="initial-state" type="application/json">${jsonForHtml(shell.state)}</script>`
  return `${beforeHead}${head.markup}${beforeState}${state.markup}${rest}`
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
