import type { Db } from '../../connection.ts'
import { EVERYONE_ROLE_ID } from '../../enums.ts'
import { statement } from '../../statement.ts'

export interface CredentialFacts {
  follow_requests: string
  everyone_permissions: string
}

const MOST_FOLLOW_REQUESTS = 40

const credentials = statement<CredentialFacts>(
  'graph_credentials',
  `select
     (select count(*) from (
       select 1 from follow_requests where target_account_id = $1 limit ${MOST_FOLLOW_REQUESTS}
     ) as requests) as follow_requests,
     coalesce((select permissions from user_roles where id = ${EVERYONE_ROLE_ID}), 0) as everyone_permissions`,
)

/** How many wait to follow an account, counted to 40, and what everyone on this server may. One statement. */
export async function credentialFacts(db: Db, accountId: string): Promise<CredentialFacts> {
  const [facts] = await credentials(db, [accountId])
  return facts ?? { follow_requests: '0', everyone_permissions: '0' }
}
