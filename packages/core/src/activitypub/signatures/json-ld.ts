import { createHash } from 'node:crypto'
import type { Document } from '../vocabulary.ts'
import { publishedContext } from './contexts.ts'

/** A document as a graph, for linked-data signatures only. The libraries are loaded when the first one comes. */

const MAX_QUADS = 10_000
const MAX_BLANK_NODES = 1_000
const CANONIZE_MS = 2_000
/** Each lets somebody hang a signed graph up differently, so that it means something else. */
const REHANGING = new Set(['@graph', '@included', '@reverse'])

/** A document that will not be read as a graph: a rehanging keyword, too large, unknown contexts, malformed. */
export class UnreadableGraphError extends Error {}

/** Expanded JSON-LD: every term an address, no context. */
export type Expanded = object[]

/** The part of the library that is used here; its published types lag behind it. */
interface JsonLd {
  expand(document: Document, options: object): Promise<Expanded>
  toRDF(expanded: Expanded, options: object): Promise<Quad[]>
  compact(expanded: Expanded, context: unknown, options: object): Promise<Document>
}

async function jsonLd(): Promise<JsonLd> {
  return (await import('jsonld')).default as unknown as JsonLd
}

const documentLoader = async (url: string) => ({
  contextUrl: undefined,
  documentUrl: url,
  document: await publishedContext(url),
})

/**
 * Expands a document. Members that its contexts do not define are left out: no signature covers them.
 *
 * @throws UnreadableGraphError
 */
export async function expand(document: Document): Promise<Expanded> {
  if (mentionsRehanging(document)) throw new UnreadableGraphError('it hangs its graph up otherwise')
  const { expand: run } = await jsonLd()
  try {
    const expanded = await run(document, { documentLoader, base: '', safe: false })
    return withoutUnknown(expanded) as Expanded
  } catch (cause) {
    throw new UnreadableGraphError('it cannot be expanded', { cause })
  }
}

/**
 * The hash of a graph in its canonical form, as lower-case hexadecimal SHA-256 of its N-Quads.
 *
 * @throws UnreadableGraphError
 * @see https://www.w3.org/TR/rdf-canon/
 */
export async function graphHash(expanded: Expanded): Promise<string> {
  const [{ toRDF }, { canonize }] = await Promise.all([jsonLd(), rdfCanonize()])
  try {
    const quads = await toRDF(expanded, { documentLoader, safe: false })
    checkSize(quads)
    const text = await canonize(quads, { algorithm: 'RDFC-1.0', signal: AbortSignal.timeout(CANONIZE_MS) })
    return createHash('sha256').update(text).digest('hex')
  } catch (cause) {
    throw cause instanceof UnreadableGraphError
      ? cause
      : new UnreadableGraphError('it has no canonical form', { cause })
  }
}

/**
 * Writes a graph down in a context of ours, so that every name means what we take it to mean.
 *
 * @throws UnreadableGraphError also when the graph has more than one root
 */
export async function compact(expanded: Expanded, context: unknown): Promise<Document> {
  const { compact: run } = await jsonLd()
  let compacted: Document
  try {
    const options = { documentLoader, compactToRelative: false, safe: false }
    compacted = await run(expanded, context, options)
  } catch (cause) {
    throw new UnreadableGraphError('it cannot be compacted', { cause })
  }
  if (mentionsRehanging({ ...compacted, '@context': undefined }))
    throw new UnreadableGraphError('it hangs its graph up otherwise')
  return compacted
}

interface Quad {
  subject: { termType: string; value: string }
  object: { termType: string; value: string }
}

interface RdfCanonize {
  canonize(quads: Quad[], options: { algorithm: string; signal: AbortSignal }): Promise<string>
}

async function rdfCanonize(): Promise<RdfCanonize> {
  // @ts-expect-error the package has no types
  return (await import('rdf-canonize')).default as RdfCanonize
}

function checkSize(quads: readonly Quad[]): void {
  if (quads.length > MAX_QUADS) throw new UnreadableGraphError('it is too large')
  const blank = new Set(
    quads.flatMap(({ subject, object }) =>
      [subject, object].filter((term) => term.termType === 'BlankNode').map((term) => term.value),
    ),
  )
  if (blank.size > MAX_BLANK_NODES) throw new UnreadableGraphError('it has too many nameless nodes')
}

/** Looks at names and values alike: a context may give a keyword another name. */
function mentionsRehanging(value: unknown): boolean {
  if (typeof value === 'string') return REHANGING.has(value)
  if (Array.isArray(value)) return value.some(mentionsRehanging)
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([name, member]) => REHANGING.has(name) || mentionsRehanging(member))
}

/** ActivityStreams makes blank nodes of unknown terms, which are in no signature. */
function withoutUnknown(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUnknown)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !name.startsWith('_:'))
      .map(([name, member]) => [name, withoutUnknown(member)]),
  )
}
