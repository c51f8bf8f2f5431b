import { checkedSettings, IndexData } from './index-data.ts'
import { illegal, type Json, list, noIndex, object, onlyEntry, Refusal, string } from './refusal.ts'

const VALID_NAME = /^[a-z0-9][a-z0-9_.-]*$/

/** The indices of a cluster and the names they bear. */
export class Cluster {
  readonly indices = new Map<string, IndexData>()

  create(name: string, body: unknown): void {
    if (!VALID_NAME.test(name))
      throw new Refusal(400, 'invalid_index_name_exception', `Invalid index name [${name}]`)
    if (this.indices.has(name) || this.#bearersOf(name).length > 0)
      throw new Refusal(400, 'resource_already_exists_exception', `index [${name}] already exists`)
    this.indices.set(name, new IndexData(name, body))
  }

  delete(name: string): void {
    if (!this.indices.delete(name))
      throw this.#bearersOf(name).length > 0
        ? illegal(`[${name}] is an alias: name the index`)
        : noIndex(name)
  }

  /** The indices behind a name, an alias, or several of both, parted by commas; `*` stands for anything. */
  resolve(expression: string, ignoresMissing = false): IndexData[] {
    const found = new Set<IndexData>()
    for (const name of expression.split(',')) {
      const pattern = new RegExp(`^${name.replaceAll('.', '\\.').replaceAll('*', '.*')}$`)
      const matching = [...this.indices.values()].filter(
        (index) => pattern.test(index.name) || [...index.aliases].some((alias) => pattern.test(alias)),
      )
      if (matching.length === 0 && !name.includes('*') && !ignoresMissing) throw noIndex(name)
      for (const index of matching) found.add(index)
    }
    return [...found]
  }

  /** The one index that is written under a name. */
  target(name: string, mustBeAlias: boolean): IndexData {
    const [bearer] = this.#bearersOf(name)
    const index = bearer ?? (mustBeAlias ? undefined : this.indices.get(name))
    if (index) return index
    if (mustBeAlias)
      throw new Refusal(
        404,
        'index_not_found_exception',
        `no such index [${name}] and [require_alias] request flag is [true] and [${name}] is not an alias`,
      )
    // The real one would make an index of whatever is written: nothing of ours ever wants that.
    throw new Refusal(
      400,
      'would_be_made_by_writing',
      `nothing is called [${name}], and writing would make it`,
    )
  }

  updateAliases(body: unknown): void {
    const { actions } = object(body, ['actions'], 'aliases')
    const steps = list(actions, 'actions').map((action) => onlyEntry(action, 'action'))
    const names = new Map([...this.indices].map(([name, index]) => [name, new Set(index.aliases)]))
    const indexOf = (given: Json) => {
      const aliases = names.get(string(given.index, 'index'))
      if (!aliases) throw noIndex(String(given.index))
      return aliases
    }
    // All or nothing: checked on a copy, the removals first, as they are in one change of the cluster.
    for (const [kind, given] of steps.filter(([kind]) => kind === 'remove_index')) {
      const { index } = object(given, ['index'], kind)
      if (!names.delete(string(index, 'index'))) throw noIndex(String(index))
    }
    for (const [kind, given] of steps.filter(([kind]) => kind !== 'remove_index')) {
      const action = object(given, ['index', 'alias'], kind)
      const alias = string(action.alias, 'alias')
      if (kind === 'add') {
        if (names.has(alias)) throw illegal(`an index exists with the same name as the alias [${alias}]`)
        indexOf(action).add(alias)
      } else if (kind === 'remove') {
        if (!indexOf(action).delete(alias))
          throw new Refusal(404, 'aliases_not_found_exception', `aliases [${alias}] missing`)
      } else throw illegal(`unknown action [${kind}]`)
    }
    for (const [name, index] of this.indices) {
      const aliases = names.get(name)
      if (!aliases) this.indices.delete(name)
      else {
        index.aliases.clear()
        for (const alias of aliases) index.aliases.add(alias)
      }
    }
  }

  putSettings(name: string, body: unknown): void {
    const { index } = object(body, ['index'], 'settings')
    const fixed = Object.keys(index as Json).find((key) => key === 'number_of_shards')
    if (fixed) throw illegal(`Can't update non dynamic settings [[index.${fixed}]]`)
    for (const target of this.resolve(name)) Object.assign(target.settings, checkedSettings(index))
  }

  #bearersOf(alias: string): IndexData[] {
    return [...this.indices.values()].filter((index) => index.aliases.has(alias))
  }
}
