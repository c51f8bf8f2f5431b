import { type Html, html, raw } from '../../../kernel/text/html.ts'
import { type Letter, type LetterPart, sentBy, type Sender } from './letter.ts'
import { mailWords } from './words/index.ts'

const SANS = "system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
const BODY = `margin:0;padding:0;background:#f3f2f8;color:#1f1d2b;font:16px/1.55 ${SANS};-webkit-text-size-adjust:100%`
const SHEET = 'max-width:560px;margin:0 auto;padding:24px 12px 32px'
const BRAND = 'margin:0 0 16px;padding:0 8px;font-size:15px;font-weight:700'
const CARD =
  'padding:28px 24px 14px;background:#ffffff;border:1px solid #e3e1ee;border-radius:14px;overflow-wrap:anywhere;word-break:break-word'
const HEADING = 'margin:0 0 16px;font-size:22px;line-height:1.3;font-weight:700'
const PARAGRAPH = 'margin:0 0 14px'
const BUTTON =
  'display:inline-block;padding:13px 24px;border-radius:10px;background:#5b4ee0;color:#ffffff;text-decoration:none;font-weight:600;line-height:1.25'
const SMALL = 'font-size:13px;line-height:1.5;color:#5f5c70'
const PART = 'margin:0 0 14px;padding:16px;background:#f8f7fc;border:1px solid #e3e1ee;border-radius:10px'

/** Mail programs that know no media queries keep the light colours, which stand at the elements themselves. */
const DARK = raw(`<style>
:root{color-scheme:light dark;supported-color-schemes:light dark}
.button{mso-padding-alt:0}
@media (prefers-color-scheme:dark){
.body{background:#14131c!important;color:#eceaf6!important}
.card{background:#201e2c!important;border-color:#383547!important}
.part{background:#191823!important;border-color:#383547!important}
.ink{color:#eceaf6!important}
.small{color:#a9a5bd!important}
.link{color:#b3abff!important}
.button{background:#6e61f0!important;color:#ffffff!important}
}
</style>`)

/** The letter as a page that needs no table, no picture and no style sheet, and is dark where its reader is. */
export function letterHtml(letter: Letter, sender: Sender): string {
  const { action } = letter
  return html`<!doctype html>
<html lang="${sender.language}" dir="ltr">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><meta name="format-detection" content="telephone=no,date=no,address=no,email=no"><title>${letter.subject}</title>
${DARK}</head>
<body class="body" style="${BODY}">
${preview(letter)}
<div class="sheet" style="${SHEET}">
<p style="${BRAND}"><a class="link" href="${sender.url}" style="color:#5b4ee0;text-decoration:none">${sender.title}</a></p>
<div class="card" style="${CARD}">
<h1 style="${HEADING}">${letter.heading}</h1>
${letter.paragraphs.map(paragraph)}
${(letter.parts ?? []).map((part) => part.html)}
${action && button(action, sender)}
${(letter.closing ?? []).map(paragraph)}
</div>
${foot(letter, sender)}
</div>
</body>
</html>`.markup
}

/** What lists of mails show beside the subject. */
function preview({ paragraphs, parts }: Letter): Html {
  const text = (paragraphs[0] ?? parts?.[0]?.text ?? '').slice(0, 140)
  return html`<div style="display:none;max-height:0;overflow:hidden">${text}</div>`
}

function paragraph(text: string): Html {
  return html`<p style="${PARAGRAPH}">${text}</p>`
}

function button(action: { label: string; url: string }, { language }: Sender): Html {
  return html`<p style="margin:22px 0 14px"><a class="button" href="${action.url}" style="${BUTTON}">${action.label}</a></p>
<p class="small" style="margin:0 0 14px;${SMALL}">${mailWords(language).phrases.button}<br><a class="link" href="${action.url}" style="color:#5b4ee0">${action.url}</a></p>`
}

function foot(letter: Letter, sender: Sender): Html {
  const links = (letter.links ?? []).map(
    ({ label, url }) => html`<a class="small" href="${url}" style="${SMALL}">${label}</a>`,
  )
  return html`<div class="small" style="margin:18px 8px 0;${SMALL}">
${letter.reason && html`<p style="margin:0 0 6px">${letter.reason}</p>`}
${links.length > 0 && html`<p style="margin:0 0 6px">${links.map((link, index) => [index > 0 && ' · ', link])}</p>`}
<p style="margin:0">${sentBy(sender)} · <a class="small" href="${sender.url}" style="${SMALL}">${sender.url.replace(/^https?:\/\//, '')}</a></p>
</div>`
}

/** A frame within the letter: a post, a person. */
export function frame(...content: readonly Html[]): Html {
  return html`<div class="part" style="${PART}">${content}</div>`
}

/** A line of a frame. */
export function line(text: string, look: 'plain' | 'small' = 'plain'): Html {
  return look === 'small'
    ? html`<p class="small" style="margin:0 0 6px;${SMALL}">${text}</p>`
    : html`<p style="margin:0 0 6px">${text}</p>`
}

/** A link in a frame. */
export function partLink(label: string, url: string): Html {
  return html`<p style="margin:0"><a class="link" href="${url}" style="color:#5b4ee0">${label}</a></p>`
}

/** What a person wrote, set apart from what the server says. */
export function quoted(text: string): LetterPart {
  const lines = text.split(/\r?\n/)
  return {
    text: lines.map((words) => `> ${words}`).join('\n'),
    html: frame(...lines.filter(Boolean).map((words) => line(words))),
  }
}
