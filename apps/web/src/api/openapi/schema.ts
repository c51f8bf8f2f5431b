import { z } from 'zod'
import type { Answers } from '../../http/route.ts'

/** A piece of JSON Schema 2020-12, the dialect of OpenAPI 3.1. */
export type Schema = Record<string, unknown>

export const refTo = (entity: string): Schema => ({ $ref: `#/components/schemas/${entity}` })

/** The schema of what a route says it answers; null for an answer without a body. */
export function answerSchema(answers: Answers): Schema | null {
  if (answers === 'nothing') return null
  if (answers === 'page') return { type: 'string' }
  if (answers === 'empty') return { type: 'object', properties: {}, additionalProperties: false }
  if (typeof answers === 'string') return entitySchema(answers)
  if (answers instanceof z.ZodType) {
    const { $schema: _, ...schema } = z.toJSONSchema(answers, { unrepresentable: 'any' })
    return schema
  }
  return { type: 'array', items: entitySchema(answers[0]) }
}

/** `Status`, or `Status | ScheduledStatus`. */
function entitySchema(names: string): Schema {
  const refs = names.split('|').map((name) => refTo(name.trim()))
  return refs.length === 1 ? (refs[0] as Schema) : { anyOf: refs }
}
