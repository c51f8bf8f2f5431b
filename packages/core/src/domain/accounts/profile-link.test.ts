import { linkToVerify, meLinksIn } from './profile-link.ts'

const ours = { domain: null }
const theirs = { domain: 'far.example' }

describe('the page that a profile field names', () => {
  it.each([
    [ours, 'https://blog.example/me', 'https://blog.example/me'],
    [ours, 'my page: https://blog.example', null],
    [ours, 'http://blog.example', null],
    [ours, 'https://alice:secret@blog.example', null],
    [ours, 'https://BLOG.example', null],
    [ours, 'https://bücher.example', null],
    [ours, 'she/her', null],
    [
      theirs,
      '<a href="https://blog.example/a?b=1&amp;c=2">https://blog.example/a?b=1&amp;c=2</a>',
      'https://blog.example/a?b=1&c=2',
    ],
    [
      theirs,
      '<a href="https://blog.example/me" rel="me"><span class="invisible">https://</span><span>blog.example/me</span></a>',
      'https://blog.example/me',
    ],
    [theirs, 'https://blog.example', null],
    [theirs, '<a href="https://blog.example">https://blog.example</a> and more', null],
    [
      theirs,
      '<a href="https://a.example">https://a.example</a><a href="https://b.example">https://b.example</a>',
      null,
    ],
  ])('%j says %s', (account, value, url) => {
    expect(linkToVerify(account, value)).toBe(url)
  })

  it('SEC-ORG-11 is none where the text is another address than the link', () => {
    expect(linkToVerify(theirs, '<a href="https://e.test">https://bank.test</a>')).toBeNull()
    expect(linkToVerify(theirs, '<a href="https://bank.test"><img src="x">https://bank.test</a>')).toBeNull()
  })
})

describe('links of a page to its owner', () => {
  it('are those of the page itself, in their order', () => {
    const html = `<link rel="ME authn" href="https://a.example"><p><a rel="nofollow me" href=" https://b.example ">x</a>
      <a href="https://c.example">no</a><a rel="menu" href="https://d.example">no</a></p>`
    expect(meLinksIn(html)).toEqual(['https://a.example', 'https://b.example'])
  })

  it('SEC-ORG-11 are not looked for in comments, attributes, scripts and templates', () => {
    const link = '<a rel="me" href="https://v.example">x</a>'
    const hidden = [
      `<!-- ${link} -->`,
      `<p title='${link}'>x</p>`,
      `<template><div>${link}</div></template>`,
      `<script>"${link}"</script>`,
      `<style>${link}</style>`,
      `<textarea>${link}</textarea>`,
      `<title>${link}</title>`,
      `<iframe>${link}</iframe>`,
      `<noscript>${link}</noscript>`,
    ]
    expect(hidden.map(meLinksIn)).toEqual(hidden.map(() => []))
    expect(meLinksIn(`<template></template>${link}`)).toEqual(['https://v.example'])
  })
})
