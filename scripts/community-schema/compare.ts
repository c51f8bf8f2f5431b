import { Ajv2020 } from 'ajv/dist/2020.js'
import type { ErrorObject, ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'

/** One line of a recording. */
export interface RecordedAnswer {
  /** As our table has it: `/api/v1/accounts/:id`. */
  path: string
  status: number
  body: unknown
}

interface Described {
  paths: Record<string, { get?: { responses: Record<string, Response> } }>
  components: { schemas: Record<string, unknown> }
}
interface Response {
  content?: Record<string, { schema?: unknown }>
}

export interface Comparison {
  checked: number
  /** `GET /path: no schema`, or `entity/field: what is wrong`; each once. */
  differences: Set<string>
}

/** Holds answers against another description of the same API. */
export function differencesIn(schema: Described, answers: readonly RecordedAnswer[]): Comparison {
  const result: Comparison = { checked: 0, differences: new Set() }
  const validators = validatorsOf(schema)
  for (const answer of answers) {
    const validate = validators(answer)
    if (!validate) {
      result.differences.add(`GET ${answer.path}: no schema`)
      continue
    }
    result.checked += 1
    if (validate(answer.body)) continue
    for (const error of validate.errors ?? []) result.differences.add(nameOf(error, answer))
  }
  return result
}

/** Finds the validator of a route's answer; undefined where the schema says nothing of the body. */
function validatorsOf(schema: Described): (answer: RecordedAnswer) => ValidateFunction | undefined {
  const ajv = new Ajv2020({ strict: false, validateSchema: false, allErrors: true, logger: false })
  addFormats.default(ajv)
  ajv.addSchema({ $id: 'community', ...schema }, 'community')
  const byShape = new Map(Object.entries(schema.paths).map(([path, item]) => [shapeOf(path), item]))
  const known = new Map<string, ValidateFunction | undefined>()
  return ({ path, status }) => {
    const key = `${path} ${status}`
    if (!known.has(key)) {
      const responses = byShape.get(shapeOf(path))?.get?.responses
      const body = [responses?.[status], responses?.[200]]
        .map((response) => response?.content?.['application/json']?.schema)
        .find((found) => found !== undefined)
      known.set(key, body === undefined ? undefined : ajv.compile(pointing(body)))
    }
    return known.get(key)
  }
}

const shapeOf = (path: string) => path.replace(/:\w+|\{\w+\}/g, ':')

function pointing(schema: unknown): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"community#/components'))
}

/** Says what is wrong in words that hold for every answer alike: the last two names on the way, and the rule. */
function nameOf(error: ErrorObject, { path }: RecordedAnswer): string {
  const names = error.instancePath.split('/').filter((name) => name !== '' && !/^\d+$/.test(name))
  const params = Object.values(error.params).map((value) => JSON.stringify(value))
  const place = names.length > 0 ? names.slice(-2).join('/') : path
  return `${place}: ${error.keyword} ${params.join(' ')}`.slice(0, 300)
}

/** The differences a page explains: those in the first column of its table. */
export function explanationsIn(markdown: string): Set<string> {
  const rows = [...markdown.matchAll(/^\| `(.+?)` \| .+ \|$/gm)]
  return new Set(rows.map((row) => (row[1] as string).replaceAll('\\|', '|')))
}
