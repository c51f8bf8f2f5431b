import { useQuery } from '@tanstack/react-query'
import { lookupAccount } from '../../api/accounts.ts'
import { isNotFound } from '../../api/errors.ts'
import { search } from '../../api/search.ts'
import { accounts, useAccount } from '../../state/entities.ts'
import { initialState, isSignedIn } from '../../state/session.ts'

/** The account behind a handle. One this server has not met is looked for on its own server, for the signed-in. */
export function useProfile(handle: string) {
  const acct = withoutOwnDomain(handle)
  const query = useQuery({
    queryKey: ['account', acct.toLowerCase()],
    queryFn: ({ signal }) => find(acct, signal),
    // Known from a post already: shown at once, and fetched all the same.
    placeholderData: () => known(acct)?.id,
  })
  const account = useAccount(query.data)
  return { ...query, account }
}

function withoutOwnDomain(handle: string): string {
  const [name = '', domain] = handle.split('@')
  return domain && domain.toLowerCase() !== initialState.meta.domain.toLowerCase() ? handle : name
}

async function find(acct: string, signal: AbortSignal): Promise<string> {
  try {
    return (await lookupAccount(acct, signal)).id
  } catch (error) {
    if (!isNotFound(error) || !isSignedIn || !acct.includes('@')) throw error
    const found = await search(`@${acct}`, 'accounts', signal)
    const match = found.accounts.find((id) => accounts.get(id)?.acct.toLowerCase() === acct.toLowerCase())
    if (!match) throw error
    return match
  }
}

function known(acct: string) {
  const wanted = acct.toLowerCase()
  return accounts.entries().find(([, account]) => account.acct.toLowerCase() === wanted)?.[1]
}
