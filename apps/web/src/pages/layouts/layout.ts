import { getSetting } from '@anancus/core/domain/settings'
import type { Ctx } from '@anancus/core/kernel/context'
import { type Html, html } from '@anancus/core/kernel/text/html'
import type { SignedIn } from '../../http/session.ts'
import { stylesheetUrl } from '../assets.ts'

export interface LayoutOptions {
  title: string
  body: Html
  nonce: string
  notice?: string | undefined
  signedIn: SignedIn | null
  width?: 'narrow' | 'wide'
}

/** A server-rendered page whole: head, name of the site, a notice, the body, and the links below. */
export async function layout(ctx: Ctx, options: LayoutOptions): Promise<string> {
  return frame({ ...options, siteTitle: await getSetting(ctx, 'site_title') })
}

export interface FrameOptions {
  title: string
  body: Html
  nonce: string
  siteTitle: string
  notice?: string | undefined
  signedIn?: SignedIn | null
  width?: 'narrow' | 'wide'
}

export function frame(options: FrameOptions): string {
  const { signedIn } = options
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${options.title} · ${options.siteTitle}</title>
<meta name="robots" content="noindex">
<meta name="theme-color" media="(prefers-color-scheme: light)" content="#f4f1ea">
<meta name="theme-color" media="(prefers-color-scheme: dark)" content="#121718">
<link rel="icon" href="/favicon.ico" sizes="32x32">
<link rel="icon" href="/icons/icon.svg" type="image/svg+xml">
<link rel="apple-touch-icon" href="/icons/apple-touch-icon-180x180.png">
<link rel="manifest" href="/manifest">
<link rel="stylesheet" href="${stylesheetUrl()}">
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<header class="top"><a class="brand" href="/"><img src="/icons/icon.svg" alt="" width="28" height="28">${options.siteTitle}</a>
${signedIn && html`<span class="who">@${signedIn.viewer.account.username}</span>`}</header>
<main id="main" class="${options.width ?? 'narrow'}">
${options.notice && html`<p class="notice" role="status">${options.notice}</p>`}
${options.body}
</main>
<footer class="bottom"><a href="/about">About</a> <a href="/privacy-policy">Privacy policy</a></footer>
</body>
</html>
`.markup
}
