import { isDeepStrictEqual } from 'node:util'
import type { Facts, Snapshot, StatusFacts, Tie } from './snapshot.ts'
import { TIES } from './snapshot.ts'

/**
 * What ActivityPub lets two servers disagree about, and so what is not compared:
 * - the time an account was made, its images' files, and its counts as others tell them: they are read once, when it is met;
 * - what the owner of a follow alone decides: whether reblogs show, which languages, whether to be told of each post;
 * - what a server without followers, mentioned or interacting people of the author holds: edits, deletions and new
 *   profiles are not sent there;
 * - favourites, votes and reblogs by strangers: only the author's server and their own know them;
 * - versions of a status in between, when an edit overtook others or the status itself;
 * - when a reblog was made: one that is made anew may reach a server before the end of the first, which it then replaces;
 * - that a quote was refused: only the servers of the two authors know, to all others it goes on waiting;
 * - everything between two servers one of which has suspended the other, and what was done before the end of that: the
 *   one that suspends also loses whom of the other its own statuses named, answered and quoted;
 * - what an account that we have suspended ourselves does: most of it is refused.
 */
export function differencesAmong(snapshots: readonly Snapshot[]): string[] {
  const found = snapshots.flatMap((snapshot) => snapshot.miscounts)
  for (const home of snapshots) {
    for (const other of snapshots) {
      if (home !== other && !areApart(home, other)) found.push(...differencesOf({ home, other }))
    }
  }
  return found
}

/** `home` is where something belongs, `other` an instance that knows it too. */
interface Pair {
  home: Snapshot
  other: Snapshot
}

function differencesOf(pair: Pair): string[] {
  return [
    ...accountDifferences(pair),
    ...statusDifferences(pair),
    ...tieDifferences(pair),
    ...reportDifferences(pair),
    ...featuredDifferences(pair),
  ]
}

function areApart(one: Snapshot, other: Snapshot): boolean {
  return one.suspendedHosts.has(other.host) || other.suspendedHosts.has(one.host)
}

function isAt(uri: string, { host }: Snapshot): boolean {
  return new URL(uri).host === host
}

/** When two servers began to talk again; nothing from before has to have come. */
function talkingSince({ home, other }: Pair): Date {
  const lifts = [home.liftedAt.get(other.host), other.liftedAt.get(home.host)]
  return new Date(Math.max(0, ...lifts.map((date) => date?.getTime() ?? 0)))
}

/** Compares two sets of facts and says which differ. */
function factsThatDiffer(what: string, pair: Pair, at: Facts | null, there: Facts | null): string[] {
  if (at === null || there === null)
    return at === there ? [] : [`${what}: ${tell(pair.home, at)}, ${tell(pair.other, there)}`]
  return Object.keys(at)
    .filter((name) => !isDeepStrictEqual(at[name], there[name]))
    .map((name) => `${what}, ${name}: ${tell(pair.home, at[name])}, ${tell(pair.other, there[name])}`)
}

function tell({ host }: Snapshot, value: unknown): string {
  return `${host} has ${JSON.stringify(value)}`
}

/** Whether the server of an account tells `other` when its profile changes: somebody there has to do with it. */
function isProfileTold({ home, other }: Pair, account: string): boolean {
  return (['follows', 'requests'] as const).some((name) =>
    [...home.ties[name].values()].some(
      (tie) => (tie.to === account && isAt(tie.from, other)) || (tie.from === account && isAt(tie.to, other)),
    ),
  )
}

function accountDifferences(pair: Pair): string[] {
  const { home, other } = pair
  return [...other.accounts.values()].flatMap((copy) => {
    if (!isAt(copy.uri, home)) return []
    const what = `account ${copy.uri}`
    const original = home.accounts.get(copy.uri)
    if (!original) return [`${what}: ${home.host} has none, ${other.host} has one`]
    if (original.isGone)
      return copy.suspension === null ? [`${what}: ${home.host} has deleted it, ${other.host} has not`] : []
    if (copy.suspension === 'here' || !isProfileTold(pair, copy.uri)) return []
    if ((original.suspension === null) !== (copy.suspension === null))
      return [
        `${what}: at ${home.host} suspended ${original.suspension}, at ${other.host} ${copy.suspension}`,
      ]
    // Of a suspended account the others are shown an empty profile.
    if (original.suspension !== null) return []
    return factsThatDiffer(what, pair, original.profile, copy.profile)
  })
}

/** Whether edits and the end of a status come to `other`, as its server sees it. */
function isStatusTold({ home, other }: Pair, status: StatusFacts): boolean {
  const isThere = (uri: string) => isAt(uri, other)
  const { follows, favourites } = home.ties
  if (status.visibility !== 'direct' && status.visibility !== 'limited') {
    if ([...follows.values()].some((tie) => tie.to === status.author && isThere(tie.from))) return true
  }
  if (status.mentions.some((mention) => isThere(mention.account))) return true
  if ([...favourites.values()].some((tie) => tie.to === status.uri && isThere(tie.from))) return true
  return [...home.statuses.values()].some(
    (one) =>
      isThere(one.author) &&
      (one.reblogOf === status.uri || one.birth.inReplyTo === status.uri || one.quote?.of === status.uri),
  )
}

/** Whether `other` must have a status: it was sent there when it was new. */
function isOwed(pair: Pair, status: StatusFacts): boolean {
  const { home, other } = pair
  if (status.createdAt <= talkingSince(pair)) return false
  const author = other.accounts.get(status.author)
  if (author?.suspension === 'here') return false
  if (status.mentions.some((mention) => !mention.silent && isAt(mention.account, other))) return true
  if (status.visibility === 'direct' || status.visibility === 'limited') return false
  return [...home.ties.follows.values()].some(
    (tie) => tie.to === status.author && isAt(tie.from, other) && tie.at < status.createdAt,
  )
}

function statusDifferences(pair: Pair): string[] {
  const { home, other } = pair
  const missing = [...home.statuses.values()]
    .filter((status) => isAt(status.uri, home) && !other.statuses.has(status.uri) && isOwed(pair, status))
    .map((status) => `status ${status.uri}: ${home.host} has one, ${other.host} has none`)
  const different = [...other.statuses.values()]
    .filter((copy) => isAt(copy.uri, home))
    .flatMap((copy) => copyDifferences(pair, copy))
  return [...missing, ...different]
}

function copyDifferences(pair: Pair, copy: StatusFacts): string[] {
  const { home, other } = pair
  const what = `status ${copy.uri}`
  if (copy.createdAt <= talkingSince(pair)) return []
  const original = home.statuses.get(copy.uri)
  if (!original) return [`${what}: ${home.host} has none, ${other.host} has one`]
  if (isScarred(pair, original, copy)) return []
  const found = factsThatDiffer(what, pair, original.birth, copy.birth)
  if (copy.versions > original.versions)
    found.push(`${what}, versions: ${tell(home, original.versions)}, ${tell(other, copy.versions)}`)
  if (!isStatusTold(pair, original)) return found
  found.push(
    ...factsThatDiffer(what, pair, original.content, copy.content),
    ...factsThatDiffer(`${what}, poll`, pair, original.poll, copy.poll),
    ...factsThatDiffer(`${what}, quote`, pair, quoteFor(pair, original), quoteFor(pair, copy)),
  )
  const mentions = (status: StatusFacts) =>
    status.mentions
      .filter((mention) => !mention.silent)
      .map((mention) => mention.account)
      .sort()
  return [
    ...found,
    ...factsThatDiffer(what, pair, { mentions: mentions(original) }, { mentions: mentions(copy) }),
  ]
}

/** Whether a status names something of a third server that one of the two has shut out since, and so has lost it. */
function isScarred({ home, other }: Pair, ...versions: StatusFacts[]): boolean {
  const named = versions.flatMap((status) => [
    status.birth.inReplyTo,
    status.quote?.of,
    ...status.mentions.map((mention) => mention.account),
  ])
  return named.some((uri) => {
    if (typeof uri !== 'string') return false
    const { host } = new URL(uri)
    return [home, other].some(({ suspendedHosts, liftedAt }) => {
      const lifted = liftedAt.get(host)
      return (
        suspendedHosts.has(host) ||
        (lifted !== undefined && versions.some(({ createdAt }) => createdAt <= lifted))
      )
    })
  })
}

/** A quote as far as both can know it. */
function quoteFor({ other }: Pair, { quote }: StatusFacts): Facts | null {
  const isAsked = typeof quote?.of === 'string' && isAt(quote.of, other)
  return quote?.state === 'rejected' && !isAsked ? { ...quote, state: 'pending' } : quote
}

/** Who did it is at home at `home`, to whom or what it was done at `other`: both must know it. */
function tieDifferences(pair: Pair): string[] {
  const { home, other } = pair
  const since = talkingSince(pair)
  const isBetween = (tie: Tie) => isAt(tie.from, home) && isAt(tie.to, other) && tie.at > since
  return TIES.flatMap((name) => {
    const here = [...home.ties[name]].filter(([, tie]) => isBetween(tie))
    const there = [...other.ties[name]].filter(([, tie]) => isBetween(tie))
    return [...new Set([...here, ...there].map(([key]) => key))].flatMap((key) => {
      const [one, two] = [home.ties[name].get(key), other.ties[name].get(key)]
      if (isRefused(pair, one ?? two)) return []
      if (!one || !two) {
        const [has, lacks] = one ? [home, other] : [other, home]
        return [`${name} ${key}: ${has.host} has it, ${lacks.host} does not`]
      }
      // A tie that is made again with new options keeps its name on one side only where it was never named.
      if (one.uri === null || two.uri === null) return []
      return factsThatDiffer(`${name} ${key}`, pair, { uri: one.uri }, { uri: two.uri })
    })
  })
}

/** What an account does that the other server has suspended by itself is not taken. */
function isRefused({ other }: Pair, tie: Tie | undefined): boolean {
  return tie !== undefined && other.accounts.get(tie.from)?.suspension === 'here'
}

/** A report that was sent on is the same at the server of whom it is about; who made it stays at home. */
function reportDifferences(pair: Pair): string[] {
  const { home, other } = pair
  return [...home.reports].flatMap(([uri, report]) => {
    if (!isAt(uri, home) || !isAt(report.target, other) || report.forwarded !== true) return []
    const copy = other.reports.get(uri)
    const { forwarded: _, ...facts } = report
    return factsThatDiffer(`report ${uri}`, pair, facts, copy ?? null)
  })
}

function featuredDifferences(pair: Pair): string[] {
  const { home, other } = pair
  return [...home.accounts.values()].flatMap(({ uri, suspension }) => {
    const isFollowed = [...home.ties.follows.values()].some((tie) => tie.to === uri && isAt(tie.from, other))
    if (!isAt(uri, home) || suspension !== null || !isFollowed) return []
    const [here, there] = [home.featured.get(uri) ?? [], other.featured.get(uri) ?? []]
    return factsThatDiffer(`account ${uri}`, pair, { featured: here }, { featured: there })
  })
}
