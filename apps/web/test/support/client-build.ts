import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What a build of the web client leaves behind, without the client: the page with its marks, and one script. */
const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <!--head-->
    <script type="module" crossorigin src="/assets/index-AbCd1234.js"></script>
  </head>
  <body>
    <div id="root"></div>
    <!--initial-state-->
  </body>
</html>
`

export interface ClientBuild {
  folder: string
  remove(): Promise<void>
}

export async function fakeClientBuild(): Promise<ClientBuild> {
  const folder = await mkdtemp(join(tmpdir(), 'anancus-client-'))
  await mkdir(join(folder, 'assets'))
  await writeFile(join(folder, 'index.html'), PAGE)
  await writeFile(join(folder, 'assets/index-AbCd1234.js'), 'export {}\n')
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}

/** The start data in a page of the client. */
// oxlint-disable-next-line typescript/no-explicit-any -- tests look at single fields
export function initialStateIn(markup: string): any {
  const found = /<script id="initial-state" type="application\/json">(.*?)<\/script>/s.exec(markup)
  if (!found?.[1]) throw new Error('The page has no start data.')
  return JSON.parse(found[1])
}

/** The `content` of a meta tag by its name or property, as written; undefined when there is none. */
export function metaIn(markup: string, name: string): string | undefined {
  return new RegExp(`<meta (?:name|property)="${name}" content="([^"]*)">`).exec(markup)?.[1]
}
