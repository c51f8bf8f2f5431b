import { createECDH } from 'node:crypto'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { run } from './support/run.ts'

let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext()
})
afterAll(() => closeTestContext(ctx))

it('webpush generate_vapid_key prints a pair that belongs together, private key first', async () => {
  const { said, exitCode } = await run(ctx, 'webpush generate_vapid_key')
  expect(exitCode).toBe(0)
  expect(said.map((line) => line.split('=')[0])).toEqual(['VAPID_PRIVATE_KEY', 'VAPID_PUBLIC_KEY'])
  const [privateKey = '', publicKey = ''] = said.map((line) => line.split('=')[1] ?? '')
  const curve = createECDH('prime256v1')
  curve.setPrivateKey(Buffer.from(privateKey, 'base64url'))
  expect(curve.getPublicKey().toString('base64url')).toBe(publicKey)
})
