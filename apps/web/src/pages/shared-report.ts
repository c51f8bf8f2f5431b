import { getSharedReport } from '@anancus/core/domain/annual-reports'
import { html } from '@anancus/core/kernel/text/html'
import { type PageCall, show } from './page.ts'

const KINDS = {
  lurker: { title: 'the reader', words: 'Few posts, many thoughts.' },
  booster: { title: 'the booster', words: 'Carries the posts of others far and wide.' },
  pollster: { title: 'the pollster', words: 'Asks, and counts the answers.' },
  replier: { title: 'the replier', words: 'Keeps conversations going.' },
  oracle: { title: 'the oracle', words: 'Writes what others pass on.' },
} as const

/** The yearly report of somebody who shared its address. */
export async function sharedReportPage(call: PageCall): Promise<void> {
  const { acct, year, key } = call.req.params
  const shared = await getSharedReport(call.ctx, String(acct), Number(year) || 0, String(key))
  const [report] = shared.annual_reports
  const [account] = shared.accounts
  const [status] = shared.statuses
  if (!report || !account) return
  const { archetype, time_series: series, top_hashtags: hashtags } = report.data
  const kind = KINDS[archetype]
  const name = account.display_name || account.username
  await show(call, {
    title: `${name}’s ${report.year}`,
    body: html`<div class="card center"><p class="muted">@${account.acct} in ${report.year}</p>
<h1>${name}, ${kind.title}</h1><p>${kind.words}</p>
<ul class="rows">${series.map(
      ({ statuses, followers }) =>
        html`<li><span>Posts</span><strong>${statuses}</strong></li><li><span>New followers</span><strong>${followers}</strong></li>`,
    )}${hashtags.map(
      (tag) => html`<li><span>Hashtag of the year</span><strong>#${tag.name}</strong></li>`,
    )}</ul>
${status?.url && html`<p><a href="${status.url}">The post that went furthest</a></p>`}
<p><a class="button" href="${account.url}">See the profile</a></p></div>`,
  })
}
