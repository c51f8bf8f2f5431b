import { createECDH } from 'node:crypto'
import { generateVapidKey } from '../src/commands/webpush/generate-vapid-key.ts'

it('webpush generate_vapid_key prints a pair that belongs together, private key first', async () => {
  const lines: string[] = []
  const out = { say: (line: string) => void lines.push(line) }
  await generateVapidKey.run({ out } as never, [], {})
  const [privateKey = '', publicKey = ''] = lines.map((line) => /^VAPID_\w+=([\w-]+)$/.exec(line)?.[1] ?? '')
  expect(lines.map((line) => line.split('=')[0])).toEqual(['VAPID_PRIVATE_KEY', 'VAPID_PUBLIC_KEY'])
  const curve = createECDH('prime256v1')
  curve.setPrivateKey(Buffer.from(privateKey, 'base64url'))
  expect(curve.getPublicKey().toString('base64url')).toBe(publicKey)
})
