import type { OpenS3 } from './s3-client.ts'

/** The part of the SDK's request that is signed. */
interface Signable {
  protocol: string
  hostname: string
  port?: number
  path: string
  headers: Record<string, string>
  query?: Record<string, string | string[] | null>
}

interface Signer {
  presign(
    request: Signable,
    options: {
      expiresIn: number
      signingDate: Date
      unhoistableHeaders: Set<string>
      unsignableHeaders: Set<string>
    },
  ): Promise<Signable>
}

/** What a client puts on for its own sake; a reader's browser would not send it. */
const OWN_HEADERS = [
  'amz-sdk-invocation-id',
  'amz-sdk-request',
  'x-amz-user-agent',
  'user-agent',
  'x-amz-checksum-mode',
]
/** Tells the signer that a body is none of its business; goes no further. */
const PAYLOAD_HEADER = 'x-amz-content-sha256'

/**
 * An address that lets whoever has it read one file, for so many seconds.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 */
export async function signedS3Url(
  { sdk, client }: OpenS3,
  file: { Bucket: string | undefined; Key: string },
  seconds: number,
  signedAt: Date,
): Promise<string> {
  const signer = (await client.config.signer()) as unknown as Signer
  let address = ''
  const command = new sdk.GetObjectCommand(file)
  command.middlewareStack.addRelativeTo(
    () => async (args: { request?: unknown }) => {
      const request = args.request as Signable
      for (const name of OWN_HEADERS) delete request.headers[name]
      delete request.query?.['x-id']
      request.headers[PAYLOAD_HEADER] = 'UNSIGNED-PAYLOAD'
      const signed = await signer.presign(request, {
        expiresIn: seconds,
        signingDate: signedAt,
        unhoistableHeaders: new Set([PAYLOAD_HEADER]),
        unsignableHeaders: new Set([PAYLOAD_HEADER]),
      })
      address = addressOf(signed)
      return { response: {}, output: { $metadata: {} } }
    },
    { name: 'signed-address', relation: 'before', toMiddleware: 'httpSigningMiddleware', override: true },
  )
  await client.send(command)
  return address
}

function addressOf({ protocol, hostname, port, path, query = {} }: Signable): string {
  const host = port === undefined ? hostname : `${hostname}:${port}`
  const pairs = Object.entries(query)
    .flatMap(([name, value]) => [value].flat().map((one) => [name, one ?? ''] as const))
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
  return `${protocol}//${host}${path}?${pairs.join('&')}`
}
