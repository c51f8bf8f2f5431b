import { type Citizen, settleIn } from '../support/citizens.ts'
import { createSecureInstances, type SecureInstance } from '../support/secure-instances.ts'
import { expectAgreement } from '../support/settle.ts'

/** Three instances and who lives there; alice, bob and carol run theirs. */
export interface World {
  all: SecureInstance[]
  a: SecureInstance
  b: SecureInstance
  c: SecureInstance
  alice: Citizen
  amy: Citizen
  bob: Citizen
  ben: Citizen
  bess: Citizen
  carol: Citizen
  cora: Citizen
  /** Waits until the three agree. */
  agree(): Promise<void>
  close(): Promise<void>
}

export async function createWorld(): Promise<World> {
  const { all, close } = await createSecureInstances(['a', 'b', 'c'])
  try {
    await Promise.all(all.map((instance) => instance.start()))
    const [a, b, c] = all as [SecureInstance, SecureInstance, SecureInstance]
    return {
      all,
      a,
      b,
      c,
      alice: await settleIn(a, 'alice', 'Owner'),
      amy: await settleIn(a, 'amy'),
      bob: await settleIn(b, 'bob', 'Owner'),
      ben: await settleIn(b, 'ben'),
      bess: await settleIn(b, 'bess'),
      carol: await settleIn(c, 'carol', 'Owner'),
      cora: await settleIn(c, 'cora'),
      agree: () => expectAgreement(all),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
