import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey'
import { createSignCryptosuite, createVerifyCryptosuite } from '@digitalbazaar/eddsa-jcs-2022-cryptosuite'
import signatures from 'jsonld-signatures'

/** Object proofs (eddsa-jcs-2022) by Digital Bazaar's libraries, which those who wrote the standard keep. */

type Json = Record<string, unknown>

/** A key of an actor, and what its document lists of it. */
export interface ProvingKey {
  listed: Json
  prove(document: Json): Promise<Json>
}

const { AssertionProofPurpose } = signatures.purposes

/** Makes a key for an actor of another server. */
export async function provingKey(actor: string): Promise<ProvingKey> {
  const pair = await Ed25519Multikey.generate({ id: `${actor}#ed25519-key`, controller: actor })
  const listed = await pair.export({ publicKey: true, includeContext: false })
  return {
    listed,
    prove: (document) => {
      const suite = new DataIntegrityProof({
        signer: pair.signer(),
        cryptosuite: createSignCryptosuite(),
        legacyContext: true,
      })
      return signatures.sign(structuredClone(document), {
        suite,
        purpose: new AssertionProofPurpose(),
        documentLoader: async (url: string) => {
          throw new Error(`${url} is not needed to sign`)
        },
      })
    },
  }
}

/**
 * Whether the proof of a document holds by the key its actor lists.
 *
 * @param load reads a document of the actor's server
 */
export async function isProven(document: Json, load: (url: string) => Promise<Json>): Promise<boolean> {
  const { proof, ...rest } = structuredClone(document) as { proof: Json }
  const suite = new DataIntegrityProof({ cryptosuite: createVerifyCryptosuite() })
  const { verified } = await suite.verifyProof({
    proof,
    document: rest,
    documentLoader: async (url: string) => {
      const actor = await load(url.split('#', 1)[0] as string)
      const key = (actor.assertionMethod as Json[]).find(
        ({ id, controller }) => id === url && controller === actor.id,
      )
      return { contextUrl: null, documentUrl: url, document: key }
    },
  })
  return verified
}
