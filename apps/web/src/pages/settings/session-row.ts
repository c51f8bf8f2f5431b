import { type Html, html } from '@anancus/core/kernel/text/html'
import type { SessionActivationRow } from '@anancus/db'
import { form, submit } from '../form.ts'
import type { PageCall } from '../page.ts'

const BROWSERS: [RegExp, string][] = [
  [/Edg(?:e|A|iOS)?\//, 'Edge'],
  [/OPR\/|Opera/, 'Opera'],
  [/SamsungBrowser/, 'Samsung Internet'],
  [/Firefox|FxiOS/, 'Firefox'],
  [/Chrome|CriOS/, 'Chrome'],
  [/Safari/, 'Safari'],
]
const PLATFORMS: [RegExp, string][] = [
  [/Android/, 'Android'],
  [/iPhone|iPad|iPod/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
]

/** Says what a browser calls itself, in two words; good enough to tell one's own apart. */
export function describeBrowser(userAgent: string): string {
  const of = (names: [RegExp, string][], unknown: string) =>
    names.find(([pattern]) => pattern.test(userAgent))?.[1] ?? unknown
  return `${of(BROWSERS, 'Unknown browser')} on ${of(PLATFORMS, 'an unknown platform')}`
}

/** One signed-in browser, with the button that signs it out. */
export function sessionRow(call: PageCall, session: SessionActivationRow, isThis: boolean): Html {
  const used = session.updated_at.toISOString()
  return html`<li><span><strong>${describeBrowser(session.user_agent)}</strong>
<small class="muted">${session.ip} · <time datetime="${used}">${used.slice(0, 10)}</time></small></span>
${
  isThis
    ? html`<span class="muted">This browser</span>`
    : form(
        call,
        { action: `/settings/sessions/${session.id}`, method: 'delete', inline: true },
        submit('Sign out', 'danger'),
      )
}</li>`
}
