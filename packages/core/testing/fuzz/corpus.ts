import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Json } from './mutate.ts'

const ACTIVITIES = new Set(
  'Accept Add Announce Block Create Delete Dislike EmojiReact Flag Follow Like Move QuoteRequest Reject Remove Undo Update View'.split(
    ' ',
  ),
)

/** The documents of the corpus as they are, by the folder that holds them. */
export function corpusIn(folder: string): Json[] {
  return (readdirSync(folder, { recursive: true }) as string[])
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Json)
}

/**
 * A document as an activity of one actor: every host in it becomes the actor's, who it is by becomes the actor, and what
 * is not an activity is put into a Create.
 */
export function asActivityOf(document: Json, actorUri: string, ours: { host: string; status: string }): Json {
  const { host } = new URL(actorUri)
  const text = JSON.stringify(document)
    .replaceAll(/https?:\/\/[^/"\s]+(\/users\/alice\/statuses\/[^"/\s]*)/g, ours.status)
    .replaceAll(
      /https?:\/\/(?!www\.w3\.org|w3id\.org|purl\.org|social\.test)[^/"\s<>\\]+/g,
      `https://${host}`,
    )
  const moved = JSON.parse(text) as Json
  const own = byActor(moved, actorUri)
  if (ACTIVITIES.has(String(own.type))) return own
  const { to, cc } = own
  return { id: `${actorUri}/activities/create`, type: 'Create', actor: actorUri, to, cc, object: own }
}

function byActor(document: Json, actorUri: string): Json {
  const result: Json = { ...document }
  if ('actor' in result) result.actor = actorUri
  if ('attributedTo' in result) result.attributedTo = actorUri
  if (typeof result.object === 'object' && result.object !== null && !Array.isArray(result.object))
    result.object = byActor(result.object as Json, actorUri)
  return result
}
