import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { html, type Html } from '@anancus/core/kernel/text/html'
import { sampleMails, type SampleMail } from '@anancus/core/testing/sample-mails'

// Writes every mail in every language as a page, and an index of them:
//   node scripts/mail-preview.ts [--folder mail-preview]
const { values } = parseArgs({ options: { folder: { type: 'string', default: 'mail-preview' } } })

const fileOf = ({ name, language }: SampleMail) =>
  `${name.replace(/\W+/g, '_').replace(/_$/, '')}.${language}.html`

const mails = sampleMails()
await mkdir(values.folder, { recursive: true })
for (const mail of mails) {
  await writeFile(join(values.folder, fileOf(mail)), mail.html)
  await writeFile(join(values.folder, fileOf(mail).replace(/html$/, 'txt')), mail.text)
}
await writeFile(join(values.folder, 'index.html'), index(mails).markup)
process.stdout.write(`${mails.length} mails: ${join(values.folder, 'index.html')}\n`)

function index(all: readonly SampleMail[]): Html {
  return html`<!doctype html><meta charset="utf-8"><title>Mails</title>
<style>body{font:16px/1.5 system-ui;margin:2rem}td{padding:2px 12px 2px 0}</style>
<h1>Mails</h1><table>${all.map(
    (mail) => html`<tr><td>${mail.name}<td>${mail.language}<td><a href="${fileOf(mail)}">${mail.subject}</a>
<td><a href="${fileOf(mail).replace(/html$/, 'txt')}">text</a>`,
  )}</table>`
}
