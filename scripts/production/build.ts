import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { PNPM_FOLDER, ROOT } from '../lib/paths.mjs'
import { toolEnvironment } from '../lib/toolchain.mjs'
import { dockerIgnore } from './docker-ignore.ts'
import { type Instruction, parseDockerfile, type Stage } from './dockerfile.ts'

/** The working folder within the images. */
export const HOME = '/opt/anancus'

/** What a stage came to: its files, and what the image would be started with. */
export interface Built {
  folder: string
  env: Record<string, string>
  command: string[]
  healthCheck: string[]
}

/**
 * Follows `infra/Dockerfile` without a container engine: every stage becomes a folder that holds what COPY brings (through
 * `.dockerignore`) and RUN makes. Left out is what belongs to the operating system: `apt-get`, users and owners. pnpm takes
 * packages from this machine's store and Node from its toolchain, so that no network is needed.
 */
export function imageBuilder(workFolder: string): (target: string) => Built {
  const stages = parseDockerfile(readFileSync(join(ROOT, 'infra/Dockerfile'), 'utf8'))
  const isIgnored = dockerIgnore(readFileSync(join(ROOT, '.dockerignore'), 'utf8'))
  const done = new Map<string, Built>()

  function build(name: string): Built {
    const known = done.get(name)
    if (known) return known
    const stage = stages.get(name)
    if (!stage) throw new Error(`infra/Dockerfile has no stage ${name}.`)
    const built = begin(stage)
    for (const instruction of stage.instructions) follow(built, instruction)
    done.set(name, built)
    return built
  }

  function begin(stage: Stage): Built {
    const folder = mkdtempSync(join(workFolder, `${stage.name}-`))
    if (!stages.has(stage.base)) return { folder, env: {}, command: [], healthCheck: [] }
    const base = build(stage.base)
    cpSync(base.folder, folder, { recursive: true, verbatimSymlinks: true })
    return { folder, env: { ...base.env }, command: base.command, healthCheck: base.healthCheck }
  }

  function follow(built: Built, { keyword, text, line }: Instruction): void {
    switch (keyword) {
      case 'ENV':
        for (const [, name = '', value = ''] of text.matchAll(/(\w+)=(\S+)/g)) built.env[name] = value
        return
      case 'RUN':
        return runIn(built, text, line)
      case 'COPY':
        return copy(built, text.split(/\s+/))
      case 'CMD':
        built.command = JSON.parse(text)
        return
      case 'HEALTHCHECK':
        built.healthCheck = JSON.parse(text.slice(text.indexOf('[')))
        return
      case 'WORKDIR':
        if (text !== HOME) throw new Error(`Line ${line}: only ${HOME} is known here.`)
        return
      case 'USER':
      case 'VOLUME':
      case 'EXPOSE':
      case 'ENTRYPOINT':
        return
      default:
        throw new Error(`Line ${line}: ${keyword} is not known here.`)
    }
  }

  function copy(built: Built, words: string[]): void {
    const from = words[0]?.startsWith('--from=') ? build(words[0].slice('--from='.length)) : undefined
    const sources = from ? words.slice(1, -1) : words.slice(0, -1)
    const target = join(built.folder, words.at(-1) ?? '')
    for (const source of sources) {
      const origin = from ? join(from.folder, relative(HOME, source)) : join(ROOT, source)
      if (!existsSync(origin)) throw new Error(`infra/Dockerfile copies ${source}, which is not there.`)
      const isIntoFolder = statSync(origin).isFile() && (/\/$/.test(words.at(-1) ?? '') || sources.length > 1)
      const filter = from ? () => true : (file: string) => isWanted(relative(ROOT, file))
      const destination = isIntoFolder ? join(target, source.split('/').at(-1) ?? '') : target
      mkdirSync(dirname(destination), { recursive: true })
      cpSync(origin, destination, { recursive: true, verbatimSymlinks: true, filter })
    }
  }

  /** A folder is entered even when it is left out itself: an exception may lie below. */
  function isWanted(path: string): boolean {
    return !isIgnored(path)
  }

  return build
}

function runIn(built: Built, text: string, line: number): void {
  if (text.includes('apt-get')) return
  let command = text
    .replaceAll(/--owner=\d+ --group=\d+/g, '')
    .replaceAll('pnpm install', `pnpm install --offline --store-dir "${storeFolder()}"`)
  if (command.startsWith('npm ci --prefix toolchain')) {
    symlinkSync(join(ROOT, 'toolchain/node_modules'), join(built.folder, 'toolchain/node_modules'))
    command = command.replace(/^npm ci [^&]*&&/, '')
  }
  const result = spawnSync('sh', ['-c', command], {
    cwd: built.folder,
    // The home folder is where pnpm keeps what it knows of the registry.
    env: imageEnvironment(built, { HOME: process.env.HOME ?? built.folder }),
    encoding: 'utf8',
  })
  if (result.status !== 0)
    throw new Error(`infra/Dockerfile line ${line} failed: ${text}\n${result.stdout}${result.stderr}`)
}

/** The environment within the image: what ENV says, and our Node where the image has its own. Nothing of this process. */
export function imageEnvironment(
  { env, folder }: Built,
  more: Record<string, string> = {},
): Record<string, string> {
  const placed = Object.entries(env).map(([name, value]) => [name, value.replaceAll(HOME, folder)])
  const path = toolEnvironment({}).PATH
  return {
    HOME: folder,
    ...Object.fromEntries(placed),
    PATH: env.PATH ? env.PATH.replaceAll(HOME, folder).replace('$PATH', path) : path,
    ...more,
  }
}

let store: string | undefined

function storeFolder(): string {
  store ??= spawnSync(join(PNPM_FOLDER, 'pnpm'), ['store', 'path'], {
    cwd: ROOT,
    env: toolEnvironment(),
    encoding: 'utf8',
  }).stdout.trim()
  return store
}
