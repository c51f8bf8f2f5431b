import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const ROOT = join(import.meta.dirname, '..')
let tree: string

/** A small house that keeps every rule; each offence is one more file. */
const HOUSE = {
  'node_modules/knex/package.json': '{"name":"knex","main":"index.js"}',
  'node_modules/knex/index.js': 'module.exports = {}',
  'packages/db/src/index.ts': 'import "knex"\nexport interface Db { id: string }\nexport const connect = 1',
  'packages/db/src/queries/static.ts':
    'export const all = ["a", "b"].map((kind) => statement(kind, `select ${kind}`))\nexport const now = (db: Db) => db.raw("select now()")',
  'packages/core/src/kernel/config.ts': 'export const config = process.env.HOME',
  'packages/core/src/kernel/errors.ts': 'export const oops = 1',
  'packages/core/src/kernel/http-client.ts': 'export const get = () => fetch("http://a")',
  'packages/core/src/policies/status.ts':
    'import type { Db } from "../../../db/src/index.ts"\nimport { oops } from "../kernel/errors.ts"\nexport const can = (db: Db) => [db, oops]',
  'packages/core/src/domain/tags/index.ts': 'export * from "./use-tag.ts"',
  'packages/core/src/domain/tags/use-tag.ts': 'export const useTag = 1',
  'packages/core/src/domain/statuses/index.ts':
    'import { useTag } from "../tags/index.ts"\nexport const statuses = useTag',
  'apps/web/src/main.ts':
    'import { statuses } from "../../../packages/core/src/domain/statuses/index.ts"\nexport const web = statuses',
  'apps/worker/src/main.ts':
    'import { createServer, type Server } from "node:http"\nimport type net from "node:net"\nexport const worker: [Server, net.Socket?] = [createServer()]',
  'apps/web/test/main.test.ts': 'console.log(process.env.HOME)',
}

/** Rule, file that breaks it, and how. */
const OFFENCES: [string, string, string][] = [
  ['floor-db', 'packages/db/src/up.ts', 'import "../../core/src/kernel/errors.ts"'],
  ['floor-policies', 'packages/core/src/policies/up.ts', 'import "../domain/tags/index.ts"'],
  [
    'floor-policies-types',
    'packages/core/src/policies/sql.ts',
    'import { config } from "../kernel/config.ts"\nexport const x = config',
  ],
  ['floor-apps', 'apps/web/src/policy.ts', 'import "../../../packages/core/src/policies/status.ts"'],
  [
    'floor-client',
    'apps/web/client/src/kernel.ts',
    'import "../../../../packages/core/src/kernel/errors.ts"',
  ],
  ['stairs-tags', 'packages/core/src/domain/tags/up.ts', 'import "../statuses/index.ts"'],
  ['room-face', 'packages/core/src/domain/statuses/inside.ts', 'import "../tags/use-tag.ts"'],
  [
    'room-face-from-outside',
    'apps/worker/src/inside.ts',
    'import "../../../packages/core/src/domain/tags/use-tag.ts"',
  ],
  ['room-known', 'packages/core/src/domain/attic/index.ts', 'import "../tags/index.ts"'],
  ['apps-apart', 'apps/web/src/other.ts', 'import "../../worker/src/main.ts"'],
  ['testing-apart', 'apps/web/src/tested.ts', 'import "../test/main.test.ts"'],
  ['package-knex', 'packages/core/src/domain/tags/sql.ts', 'import "knex"'],
  ['no-cycles', 'packages/core/src/graph/a.ts', 'import "./b.ts"\nexport const a = 1'],
  ['no-cycles', 'packages/core/src/graph/b.ts', 'import "./a.ts"\nexport const b = 1'],
  ['not-to-unresolvable', 'packages/core/src/graph/lost.ts', 'import "./nowhere.ts"'],
  ['environment-in-one-place', 'packages/core/src/graph/env.ts', 'export const home = process.env.HOME'],
  [
    'no-raw-fetch',
    'packages/core/src/graph/fetch.ts',
    'export const get = () => globalThis.fetch("http://a")',
  ],
  [
    'no-raw-request',
    'packages/core/src/graph/request.ts',
    'import { createServer, request } from "node:https"\nexport const x = [createServer, request]',
  ],
  ['no-raw-request', 'packages/core/src/graph/whole.ts', 'import * as net from "net"\nexport const x = net'],
  [
    'no-raw-request',
    'packages/core/src/graph/default.http.ts',
    'import http from "http"\nexport const x = http',
  ],
  ['no-raw-request', 'packages/core/src/graph/later.ts', 'export const x = () => import("node:tls")'],
  ['no-raw-request', 'apps/worker/src/socket.ts', 'export const x = () => new WebSocket("ws://a")'],
  [
    'names-only',
    'packages/core/src/entities/render/sql.ts',
    'import { connect } from "@anancus/db"\nexport const x = connect',
  ],
  ['no-console', 'apps/web/src/say.ts', 'console.log("hello")'],
  ['no-waiting', 'packages/core/src/policies/wait.ts', 'export const wait = async () => 1'],
  ['no-waiting', 'packages/core/src/entities/render/wait.ts', 'export const wait = async () => { await 1 }'],
  ['no-waiting', 'packages/core/src/activitypub/parse/note.ts', 'export async function parse() {}'],
  ['no-waiting', 'packages/core/src/activitypub/render/note.ts', 'export async function render() {}'],
  [
    'sql-is-static',
    'packages/db/src/queries/tags.ts',
    'export const find = (name: string) => statement("find", `select 1 from tags where name = ${name}`)',
  ],
  [
    'sql-is-static',
    'packages/db/src/queries/raw.ts',
    "export const find = (db: Db, name: string) => db.whereRaw(`name = '${name}'`)",
  ],
  ['named-exports-only', 'packages/core/src/graph/default.ts', 'export default 1'],
  ['small-files', 'packages/core/src/graph/long.ts', 'export const line = 1\n'.repeat(1) + '\n'.repeat(401)],
]

function plant(files: [string, string][]): void {
  for (const [file, text] of files) {
    mkdirSync(dirname(join(tree, file)), { recursive: true })
    writeFileSync(join(tree, file), text)
  }
}

function floors(...more: string[]): { status: number | null; lines: string[] } {
  const { status, stdout } = spawnSync(process.execPath, ['scripts/floors.ts', '--root', tree, ...more], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  return { status, lines: stdout.trim().split('\n') }
}

beforeEach(() => {
  tree = mkdtempSync(join(tmpdir(), 'anancus-floors-'))
  plant(Object.entries(HOUSE))
})
afterEach(() => rmSync(tree, { recursive: true, force: true }))

it('finds nothing in a house that keeps the rules', () => {
  expect(floors()).toEqual({ status: 0, lines: [expect.stringMatching(/, 0 offences$/)] })
})

it('SEC-SSRF-09 SEC-HTTP-08 finds an offence of every kind, and names rule and file', () => {
  plant(OFFENCES.map(([, file, text]) => [file, text]))
  const { status, lines } = floors()
  expect(status).toBe(1)
  const missed = OFFENCES.filter(
    ([rule, file]) => !lines.some((line) => line.startsWith(`${rule}: `) && line.includes(file)),
  )
  expect(missed).toEqual([])
})

it('draws who imports whom', () => {
  expect(floors('--draw').lines).toEqual(
    expect.arrayContaining(['flowchart TD', '  statuses -->|1| tags', '  apps -->|1| statuses']),
  )
})
