/** What the tests use of libraries that bring no types. */

declare module '@peertube/http-signature' {
  import type { ClientRequest, IncomingHttpHeaders } from 'node:http'
  interface SignOptions {
    key: string
    keyId: string
    algorithm: string
    headers: string[]
    authorizationHeaderName: string
  }
  interface Incoming {
    method: string
    url: string
    headers: IncomingHttpHeaders
    httpVersion: string
  }
  interface Parsed {
    keyId: string
  }
  export function signRequest(request: ClientRequest, options: SignOptions): boolean
  export function parseRequest(
    request: Incoming,
    options: { headers: string[]; authorizationHeaderName: string },
  ): Parsed
  export function verifySignature(parsed: Parsed, publicKey: string): boolean
}

declare module '@digitalbazaar/ed25519-multikey' {
  export interface KeyPair {
    signer(): object
    export(options: { publicKey: boolean; includeContext: boolean }): Promise<Record<string, unknown>>
  }
  export function generate(options: { id: string; controller: string }): Promise<KeyPair>
}

declare module '@digitalbazaar/eddsa-jcs-2022-cryptosuite' {
  export function createSignCryptosuite(): object
  export function createVerifyCryptosuite(): object
}

declare module '@digitalbazaar/data-integrity' {
  type Json = Record<string, unknown>
  type Loader = (
    url: string,
  ) => Promise<{ contextUrl: null; documentUrl: string; document: Json | undefined }>
  export class DataIntegrityProof {
    constructor(options: { signer?: object; cryptosuite: object; legacyContext?: boolean })
    verifyProof(options: { proof: Json; document: Json; documentLoader: Loader }): Promise<{
      verified: boolean
    }>
  }
}

declare module 'jsonld-signatures' {
  type Json = Record<string, unknown>
  const signatures: {
    sign(
      document: Json,
      options: { suite: object; purpose: object; documentLoader(url: string): Promise<never> },
    ): Promise<Json>
    purposes: { AssertionProofPurpose: new () => object }
  }
  export default signatures
}
