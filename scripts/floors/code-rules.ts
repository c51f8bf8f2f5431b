import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { ROOT } from '../lib/paths.mjs'

/** What a rule looks at: a node of a file, or null once for the file as a whole. */
interface Rule {
  name: string
  what: string
  /** Files it holds for. */
  applies(file: string): boolean
  offends(node: ts.Node): boolean
}

const TEST = /(\.test\.tsx?$|\/test\/|\/testing\/)/
const CLIENT = /^apps\/web\/client\//
const SYNCHRONOUS = /^packages\/core\/src\/(policies|entities\/render|activitypub\/(render|parse))(\/|\.ts$)/
const ENVIRONMENT = ['packages/core/src/kernel/config.ts', 'apps/cli/src/main.ts']
const ABOVE_SQL =
  /^(packages\/core\/src\/(jobs|streaming|policies|entities|activitypub)|apps\/(web|streaming|worker)\/src)\//
const MAX_LINES = 400

const isProduction = (file: string) => !TEST.test(file)
const isServer = (file: string) => isProduction(file) && !CLIENT.test(file)

const rules: Rule[] = [
  {
    name: 'environment-in-one-place',
    what: 'process.env is read only in kernel/config.ts, and by the command line, which also writes it',
    applies: (file) => isServer(file) && !ENVIRONMENT.includes(file),
    offends: (node) =>
      ts.isPropertyAccessExpression(node) && node.name.text === 'env' && isNamed(node.expression, 'process'),
  },
  {
    name: 'no-raw-fetch',
    what: 'fetch is called only in kernel/http-client, and in the client only in client/src/api',
    applies: (file) =>
      isProduction(file) &&
      !/^(packages\/core\/src\/kernel\/http(\/|-client\.ts$)|apps\/web\/client\/src\/api\/)/.test(file),
    offends: (node) => ts.isCallExpression(node) && isFetch(node.expression),
  },
  {
    name: 'no-raw-request',
    what: 'requests and sockets are opened only in kernel/http, which checks every address',
    applies: (file) => isServer(file) && !/^packages\/core\/src\/kernel\/http\//.test(file),
    offends: opensConnections,
  },
  {
    name: 'names-only',
    what: 'of packages/db these floors may use types, and the names of enums.ts and permissions.ts',
    applies: (file) => isServer(file) && ABOVE_SQL.test(file),
    offends: (node) =>
      ts.isImportSpecifier(node) &&
      !node.isTypeOnly &&
      !node.parent.parent.isTypeOnly &&
      isFrom(node, /^@anancus\/db$/) &&
      !databaseNames().has((node.propertyName ?? node.name).text),
  },
  {
    name: 'no-console',
    what: 'there is ctx.log',
    applies: isProduction,
    offends: (node) => ts.isPropertyAccessExpression(node) && isNamed(node.expression, 'console'),
  },
  {
    name: 'no-waiting',
    what: 'policies, renderers and parsers are synchronous',
    applies: (file) => isProduction(file) && SYNCHRONOUS.test(file),
    offends: (node) => ts.isAwaitExpression(node) || node.kind === ts.SyntaxKind.AsyncKeyword,
  },
  {
    name: 'sql-is-static',
    what: 'statements are written out once, when their file is loaded; values go in as parameters',
    applies: (file) =>
      isServer(file) && !/^packages\/db\/(migrations\/|src\/(pagination|statement)\.ts$)/.test(file),
    offends: buildsSql,
  },
  {
    name: 'named-exports-only',
    what: 'a module has no default export',
    applies: (file) => isProduction(file) && !/\.config\.ts$/.test(file),
    offends: (node) =>
      ts.isExportAssignment(node) ||
      (node.kind === ts.SyntaxKind.DefaultKeyword &&
        node.parent !== undefined &&
        !ts.isDefaultClause(node.parent)),
  },
  {
    name: 'small-files',
    what: `a file has at most ${MAX_LINES} lines`,
    applies: (file) => isProduction(file) && !/(\.gen\.ts$|\/migrations\/|\/locales\/)/.test(file),
    offends: (node) => ts.isSourceFile(node) && node.getLineAndCharacterOfPosition(node.end).line > MAX_LINES,
  },
]

/** One line for each place in packages/ and apps/ that breaks a rule about the code itself. */
export function codeOffences(root: string): string[] {
  const files = globSync('{packages,apps}/**/*.{ts,tsx}', {
    cwd: root,
    exclude: (path) => /(^|\/)(node_modules|dist)$/.test(path),
  })
  return files.sort().flatMap((file) => offencesIn(root, file))
}

function offencesIn(root: string, file: string): string[] {
  const held = rules.filter((rule) => rule.applies(file))
  if (held.length === 0) return []
  const source = ts.createSourceFile(
    file,
    readFileSync(join(root, file), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  )
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    for (const rule of held)
      if (rule.offends(node)) found.push(`${rule.name}: ${place(source, node)} (${rule.what})`)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function place(source: ts.SourceFile, node: ts.Node): string {
  return `${source.fileName}:${source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1}`
}

function isNamed(node: ts.Node, name: string): boolean {
  return ts.isIdentifier(node) && node.text === name
}

function isFetch(node: ts.Node): boolean {
  if (isNamed(node, 'fetch')) return true
  return (
    ts.isPropertyAccessExpression(node) &&
    node.name.text === 'fetch' &&
    isNamed(node.expression, 'globalThis')
  )
}

const DEFINES_SQL = new Set(['statement', 'pagedStatement'])
const RAW_SQL = /^(raw|.+Raw)$/

/** Defines a statement while the program runs, or gives the query builder text that is put together. */
function buildsSql(node: ts.Node): boolean {
  if (!ts.isCallExpression(node)) return false
  const { expression } = node
  if (ts.isIdentifier(expression) && DEFINES_SQL.has(expression.text)) return isInsideFunction(node)
  if (!ts.isPropertyAccessExpression(expression) || !RAW_SQL.test(expression.name.text)) return false
  const [text] = node.arguments
  return text !== undefined && !ts.isStringLiteralLike(text)
}

/** Inside a function that runs later; one handed to `map` on the way down the file runs at once. */
function isInsideFunction(node: ts.Node): boolean {
  for (let at: ts.Node | undefined = node.parent; at; at = at.parent)
    if (ts.isFunctionLike(at) && !ts.isCallExpression(at.parent)) return true
  return false
}

const NETWORK = /^(node:)?(http|https|http2|net|tls|dgram)$/
/** What of these modules opens no connection of its own. */
const HARMLESS = new Set([
  'createServer',
  'isIP',
  'isIPv4',
  'isIPv6',
  'BlockList',
  'SocketAddress',
  'STATUS_CODES',
])

/** Imports the means to connect, or uses the global ones. */
function opensConnections(node: ts.Node): boolean {
  if (ts.isNewExpression(node))
    return isNamed(node.expression, 'WebSocket') || isNamed(node.expression, 'EventSource')
  if (ts.isImportSpecifier(node))
    return isValue(node) && isFrom(node, NETWORK) && !HARMLESS.has((node.propertyName ?? node.name).text)
  if (ts.isCallExpression(node)) return isLoading(node)
  if (!ts.isImportClause(node) || node.isTypeOnly) return false
  const { moduleSpecifier } = node.parent
  const isWhole = node.name !== undefined || (node.namedBindings && ts.isNamespaceImport(node.namedBindings))
  return Boolean(isWhole) && ts.isStringLiteral(moduleSpecifier) && NETWORK.test(moduleSpecifier.text)
}

function isValue(node: ts.ImportSpecifier): boolean {
  return !node.isTypeOnly && !node.parent.parent.isTypeOnly
}

/** `import('node:http')` */
function isLoading(node: ts.CallExpression): boolean {
  const [argument] = node.arguments
  if (node.expression.kind !== ts.SyntaxKind.ImportKeyword || !argument) return false
  return ts.isStringLiteral(argument) && NETWORK.test(argument.text)
}

function isFrom(node: ts.ImportSpecifier, module: RegExp): boolean {
  const { moduleSpecifier } = node.parent.parent.parent
  return ts.isStringLiteral(moduleSpecifier) && module.test(moduleSpecifier.text)
}

let names: Set<string> | undefined

/** What `enums.ts` and `permissions.ts` of packages/db export. */
function databaseNames(): Set<string> {
  names ??= new Set(
    ['enums.ts', 'permissions.ts'].flatMap((file) => {
      const source = readFileSync(join(ROOT, 'packages/db/src', file), 'utf8')
      return [...source.matchAll(/^export (?:const|function) (\w+)/gm)].map(([, name]) => name ?? '')
    }),
  )
  return names
}
