import { type Html, html } from '../../../kernel/text/html.ts'

/** A letter: the same words as HTML and as plain text. */
export interface Letter {
  subject: string
  heading: string
  paragraphs: readonly string[]
  /** What a mail shows of the server, each with its own mark-up. */
  parts?: readonly LetterPart[]
  /** The one thing to do. */
  action?: { label: string; url: string }
  /** After the action. */
  closing?: readonly string[]
}

export interface LetterPart {
  text: string
  html: Html
}

export interface Sender {
  title: string
  url: string
}

const BODY = 'margin:0;padding:24px;background:#f4f4f7;color:#22222b;font:16px/1.5 system-ui,sans-serif'
const CARD = 'max-width:560px;margin:0 auto;padding:32px;background:#fff;border-radius:12px'
const BUTTON =
  'display:inline-block;padding:12px 24px;border-radius:8px;background:#5b4ee0;color:#fff;text-decoration:none;font-weight:600'
const SMALL = 'color:#62626f;font-size:14px'

export function letterHtml(letter: Letter, sender: Sender): string {
  const { action } = letter
  return html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${letter.subject}</title></head>
<body style="${BODY}">
<div style="${CARD}">
<h1 style="margin:0 0 16px;font-size:22px;line-height:1.3">${letter.heading}</h1>
${letter.paragraphs.map(paragraph)}
${(letter.parts ?? []).map((part) => part.html)}
${
  action &&
  html`<p style="margin:24px 0"><a href="${action.url}" style="${BUTTON}">${action.label}</a></p>
<p style="${SMALL}">If the button does not work, open this address: <br>${action.url}</p>`
}
${(letter.closing ?? []).map(paragraph)}
</div>
<p style="${SMALL};max-width:560px;margin:16px auto;text-align:center">Sent by <a href="${sender.url}" style="color:inherit">${sender.title}</a></p>
</body>
</html>`.markup
}

function paragraph(text: string): Html {
  return html`<p style="margin:0 0 16px">${text}</p>`
}

export function letterText(letter: Letter, sender: Sender): string {
  const parts = [letter.heading, ...letter.paragraphs, ...(letter.parts ?? []).map((part) => part.text)]
  if (letter.action) parts.push(`${letter.action.label}: ${letter.action.url}`)
  parts.push(...(letter.closing ?? []), `-- \n${sender.title} · ${sender.url}`)
  return `${parts.join('\n\n')}\n`
}
