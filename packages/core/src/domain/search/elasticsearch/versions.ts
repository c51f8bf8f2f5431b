import type { Client } from '@elastic/elasticsearch'
import type { Ctx } from '../../../kernel/context.ts'
import { BadRequestError } from '../../../kernel/errors.ts'
import { withLock } from '../../../kernel/lock.ts'
import { INDEXING_LOCK, INDEXING_LOCK_MS } from '../limits.ts'
import { whereaboutsOf } from './aliases.ts'
import { aliasOf, buildingAliasOf, definitionOf, type IndexName } from './indices.ts'

/** A version of an index that is being filled. */
export interface Building {
  name: string
  /** The last id that is surely in it, where an earlier run was cut off. */
  importedTo: string | null
}

interface Meta {
  fingerprint?: string
  imported_to?: string
}

/** Nobody writes changes while versions are exchanged, so that none is written to a name that just went. */
function exchanging<T>(ctx: Ctx, work: () => Promise<T>): Promise<T> {
  return withLock(ctx, INDEXING_LOCK, INDEXING_LOCK_MS, work, { waitMs: INDEXING_LOCK_MS })
}

/** The version that is to be filled: the one an earlier run began if it has our shape, else a new one. */
export async function buildingOf(ctx: Ctx, client: Client, index: IndexName): Promise<Building> {
  const { building } = await whereaboutsOf(client, ctx.config, index)
  if (building) {
    const meta = await metaOf(client, building)
    if (meta.fingerprint === definitionOf(ctx.config, index).fingerprint)
      return { name: building, importedTo: meta.imported_to ?? null }
    await abandonBuilding(ctx, client, index)
  }
  return exchanging(ctx, async () => ({
    name: await create(ctx, client, index, buildingAliasOf(ctx.config, index)),
    importedTo: null,
  }))
}

/** Deletes the version an earlier run began, if there is one. */
export async function abandonBuilding(ctx: Ctx, client: Client, index: IndexName): Promise<void> {
  const { building } = await whereaboutsOf(client, ctx.config, index)
  if (building) await exchanging(ctx, () => client.indices.delete({ index: building }))
}

/** Notes how far a version is filled. */
export async function noteImported(
  ctx: Ctx,
  client: Client,
  index: IndexName,
  name: string,
  importedTo: string,
): Promise<void> {
  const { fingerprint } = definitionOf(ctx.config, index)
  await client.indices.putMapping({ index: name, _meta: { fingerprint, imported_to: importedTo } })
}

/** Puts a filled version in the place of the one that is searched, in one step, and deletes the old one. */
export async function switchOver(ctx: Ctx, client: Client, index: IndexName, name: string): Promise<void> {
  const alias = aliasOf(ctx.config, index)
  await client.indices.refresh({ index: name })
  await exchanging(ctx, async () => {
    const { live, stranger } = await whereaboutsOf(client, ctx.config, index)
    await client.indices.updateAliases({
      actions: [
        ...(stranger ? [{ remove_index: { index: stranger } }] : []),
        ...(live ? [{ remove_index: { index: live } }] : []),
        { remove: { index: name, alias: buildingAliasOf(ctx.config, index) } },
        { add: { index: name, alias } },
      ],
    })
  })
}

/** Whether the version that is searched has the shape that this version of ours writes. */
export async function hasCurrentShape(ctx: Ctx, client: Client, index: IndexName): Promise<boolean> {
  const { live } = await whereaboutsOf(client, ctx.config, index)
  if (!live) return false
  return (await metaOf(client, live)).fingerprint === definitionOf(ctx.config, index).fingerprint
}

/** Makes an empty index where there is none; one that another software made has to be exchanged, not written to. */
export async function makeLive(ctx: Ctx, client: Client, index: IndexName): Promise<void> {
  const { live, stranger } = await whereaboutsOf(client, ctx.config, index)
  if (live) return
  if (stranger)
    throw new BadRequestError(
      `The index ${stranger} was made by another software: deploy with --import and --clean.`,
    )
  await exchanging(ctx, () => create(ctx, client, index, aliasOf(ctx.config, index)))
}

/**
 * Gives the index that is there our mapping and settings.
 *
 * @throws BadRequestError its documents would have to be written anew for that
 */
export async function updateShape(ctx: Ctx, client: Client, index: IndexName): Promise<void> {
  const { live } = await whereaboutsOf(client, ctx.config, index)
  if (!live) return makeLive(ctx, client, index)
  if (await hasCurrentShape(ctx, client, index)) {
    const { number_of_replicas, refresh_interval, gc_deletes } = definitionOf(ctx.config, index).settings
      .index
    await client.indices.putSettings({
      index: live,
      settings: { index: { number_of_replicas, refresh_interval, gc_deletes } },
    })
    return
  }
  throw new BadRequestError(
    `${index} has another shape than this version needs: run search deploy without --only-mapping.`,
  )
}

async function create(ctx: Ctx, client: Client, index: IndexName, alias: string): Promise<string> {
  const { settings, mappings, fingerprint } = definitionOf(ctx.config, index)
  const name = `${aliasOf(ctx.config, index)}_${ctx.clock.now().getTime()}`
  await client.indices.create({
    index: name,
    settings,
    mappings: { ...mappings, _meta: { fingerprint } } as never,
    aliases: { [alias]: {} },
  })
  return name
}

async function metaOf(client: Client, name: string): Promise<Meta> {
  const answer = await client.indices.getMapping({ index: name })
  return (answer[name]?.mappings._meta ?? {}) as Meta
}
