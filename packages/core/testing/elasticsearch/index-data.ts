import { type Analysis, readAnalysis, type Token } from './analyze.ts'
import { type Mapping, readMapping, valueFor } from './mapping.ts'
import { type Json, object, oneOf, Refusal, whole } from './refusal.ts'

/** A document as a search sees it. */
export interface Document {
  id: string
  source: Json
  values(field: string): (string | bigint | boolean)[]
  tokens(field: string): Token[]
}

interface Stored {
  version: number
  /** Null for what was deleted: remembered, so that an older version does not come back. */
  document: Document | null
}

/** One index: what is in it, and of that what a search sees by now. */
export class IndexData {
  readonly name: string
  readonly aliases = new Set<string>()
  readonly settings: Json
  mapping: Mapping
  readonly #analysis: Analysis
  readonly #stored = new Map<string, Stored>()
  #visible = new Map<string, Document>()
  #isStale = false

  constructor(name: string, body: unknown) {
    const { settings, mappings, aliases = {} } = object(body, ['settings', 'mappings', 'aliases'], 'create')
    const { index, analysis } = object(settings, ['index', 'analysis'], 'settings')
    this.name = name
    this.settings = checkedSettings(index)
    this.#analysis = readAnalysis(analysis)
    this.mapping = readMapping(mappings, this.#analysis)
    for (const [alias, of] of Object.entries(aliases as Json)) {
      object(of, [], 'alias')
      this.aliases.add(alias)
    }
  }

  putMapping(body: unknown): void {
    const { _meta } = object(body, ['_meta'], 'mapping')
    this.mapping = readMapping({ ...this.mapping.given, _meta }, this.#analysis)
  }

  /** @returns the result and the HTTP status of the item */
  write(id: string, version: number, source: unknown): { result: string; status: number; version: number } {
    const known = this.#stored.get(id)
    if (known && known.version >= version)
      throw new Refusal(
        409,
        'version_conflict_engine_exception',
        `[${id}]: version conflict, current version [${known.version}] is higher or equal to the one provided [${version}]`,
      )
    const document = source === null ? null : this.#read(id, source)
    this.#stored.set(id, { version, document })
    this.#isStale = true
    if (document)
      return { result: known?.document ? 'updated' : 'created', status: known?.document ? 200 : 201, version }
    return known?.document
      ? { result: 'deleted', status: 200, version }
      : { result: 'not_found', status: 404, version }
  }

  /** From now on searches see what was written until now. */
  refresh(): void {
    if (!this.#isStale) return
    this.#visible = new Map()
    for (const [id, { document }] of this.#stored) if (document) this.#visible.set(id, document)
    this.#isStale = false
  }

  get documents(): ReadonlyMap<string, Document> {
    return this.#visible
  }

  #read(id: string, source: unknown): Document {
    const { fields } = this.mapping
    const given = object(source, Object.keys((source ?? {}) as object), 'document')
    const unknown = Object.keys(given).find((name) => !fields.has(name))
    if (unknown !== undefined)
      throw new Refusal(
        400,
        'strict_dynamic_mapping_exception',
        `mapping set to strict, dynamic introduction of [${unknown}] within [_doc] is not allowed`,
      )
    const values = new Map<string, (string | bigint | boolean)[]>()
    for (const [name, field] of fields) {
      const raw = given[field.from]
      const all = raw === undefined || raw === null ? [] : Array.isArray(raw) ? raw : [raw]
      values.set(
        name,
        all.map((value) => valueFor(field, value, name)),
      )
    }
    const tokens = new Map<string, Token[]>()
    return {
      id,
      source: given,
      values: (name) => values.get(name) ?? [],
      tokens: (name) => {
        const known =
          tokens.get(name) ??
          (values.get(name) ?? []).flatMap((text) => fields.get(name)?.analyze(String(text)) ?? [])
        tokens.set(name, known)
        return known
      },
    }
  }
}

export function checkedSettings(given: unknown): Json {
  const settings = object(
    given,
    ['number_of_shards', 'number_of_replicas', 'refresh_interval', 'gc_deletes'],
    'settings.index',
  )
  if (settings.number_of_shards !== undefined) whole(settings.number_of_shards, 'number_of_shards', 1)
  whole(settings.number_of_replicas, 'number_of_replicas')
  oneOf(settings.refresh_interval, ['5s'], 'refresh_interval')
  oneOf(settings.gc_deletes, ['10m'], 'gc_deletes')
  return settings
}
