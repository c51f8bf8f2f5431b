import type { Config } from '@anancus/core/kernel/config'
import { s3PublicBase } from '@anancus/core/kernel/storage/s3-client'

export interface PolicyOptions {
  /** Forms may lead on to other sites: signing in for an app, which is then called back. */
  formsLeadOn?: boolean
  /** Other sites may show the page in a frame. */
  isFramable?: boolean
}

const policies = new WeakMap<Config, { media: string; streaming: string }>()

/**
 * What a page of ours may load, run and talk to. Everything else is refused.
 *
 * @param nonce opens the page's own inline parts; null for a page without any
 */
export function contentSecurityPolicy(
  config: Config,
  nonce: string | null,
  options: PolicyOptions = {},
): string {
  const { media, streaming } = hostsOf(config)
  const inline = nonce === null ? '' : ` 'nonce-${nonce}'`
  const directives = [
    "default-src 'none'",
    "base-uri 'none'",
    ...(options.isFramable ? [] : ["frame-ancestors 'none'"]),
    "font-src 'self'",
    "manifest-src 'self'",
    `img-src 'self' data: blob:${media}`,
    // The media proxy leads to the films of other servers while they are not here; a redirect is held against this too.
    `media-src 'self' data: https:${media}`,
    `style-src 'self'${inline}`,
    `script-src 'self'${inline} 'wasm-unsafe-eval'`,
    `connect-src 'self' data: blob:${media} ${streaming}`,
    "child-src 'self' blob:",
    "worker-src 'self' blob:",
    "frame-src 'self' https:",
  ]
  if (!options.formsLeadOn) directives.push("form-action 'self'")
  return directives.join('; ')
}

/** Hosts besides our own from which pictures come, and where the streaming server is. */
function hostsOf(config: Config): { media: string; streaming: string } {
  const known = policies.get(config)
  if (known) return known
  const { env } = config
  const scheme = env.S3_PROTOCOL
  const names = [env.S3_ALIAS_HOST, env.S3_CLOUDFRONT_HOST, env.S3_ENABLED ? env.S3_HOSTNAME : undefined]
  const bucket =
    env.S3_ENABLED || env.MEDIA_MOVING_FROM !== 'none' ? [new URL(s3PublicBase(config)).origin] : []
  const origins = [
    ...new Set([...bucket, ...names.flatMap((name) => (name ? [`${scheme}://${name.split('/')[0]}`] : []))]),
    ...(env.PAPERCLIP_ROOT_URL.startsWith('http') ? [new URL(env.PAPERCLIP_ROOT_URL).origin] : []),
    ...env.EXTRA_MEDIA_HOSTS,
  ]
  const hosts = {
    media: origins.map((origin) => ` ${origin}`).join(''),
    streaming: new URL(config.streamingUrl).origin.replace(/^null$/, config.streamingUrl),
  }
  policies.set(config, hosts)
  return hosts
}
