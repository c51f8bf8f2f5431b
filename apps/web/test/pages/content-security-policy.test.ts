import { loadConfig } from '@anancus/core/kernel/config'
import { contentSecurityPolicy } from '../../src/pages/content-security-policy.ts'

const pictures = (env: Record<string, string>) => {
  const config = loadConfig({ NODE_ENV: 'test', LOCAL_DOMAIN: 'social.test', S3_BUCKET: 'files', ...env })
  return /img-src ([^;]*);/.exec(contentSecurityPolicy(config, null))?.[1]
}

/** A redirect is held against the policy as well: the store must be named also while files only move to it. */
it.each([
  [{}, "'self' data: blob:"],
  [{ S3_ENABLED: 'true' }, "'self' data: blob: https://s3-us-east-1.amazonaws.com"],
  [{ S3_ENABLED: 'true', S3_ENDPOINT: 'https://s3.test:9000' }, "'self' data: blob: https://s3.test:9000"],
  [
    { S3_ENABLED: 'true', S3_ENDPOINT: 'https://s3.test', S3_ALIAS_HOST: 'files.test/x' },
    "'self' data: blob: https://files.test",
  ],
  [
    { MEDIA_MOVING_FROM: 's3', S3_ENDPOINT: 'http://s3.test', S3_PROTOCOL: 'http' },
    "'self' data: blob: http://s3.test",
  ],
  [{ PAPERCLIP_ROOT_URL: 'https://cdn.test/system' }, "'self' data: blob: https://cdn.test"],
])('with %j pictures come from %s', (env, expected) =>
  expect(pictures(env as Record<string, string>)).toBe(expected),
)

/** The proxy sends the browser to another server while a film is not here; Chromium holds that against the policy. */
it('films and sounds may come from any server, by TLS alone; pictures and scripts may not', () => {
  const config = loadConfig({ NODE_ENV: 'test', LOCAL_DOMAIN: 'social.test', S3_ALIAS_HOST: 'files.test' })
  const policy = contentSecurityPolicy(config, null)
  expect(policy).toContain("; media-src 'self' data: https: https://files.test;")
  expect(policy).not.toMatch(/(img|script|style|connect)-src [^;]*https:( |;)/)
})
