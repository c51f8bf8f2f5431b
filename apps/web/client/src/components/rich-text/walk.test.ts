import { type RichNode, type WalkedNode, walkHtml } from './walk.ts'

type Child = WalkedNode | string

/** A node as DOMParser would give it, as far as the walk looks. */
function node(name: string, attributes: Record<string, string> = {}, ...children: Child[]): WalkedNode {
  const childNodes = children.map((child) => (typeof child === 'string' ? textNode(child) : child))
  return {
    nodeType: 1,
    nodeName: name.toUpperCase(),
    childNodes,
    textContent: childNodes.map((child) => child.textContent).join(''),
    getAttribute: (attribute) => attributes[attribute] ?? null,
  }
}

const textNode = (text: string): WalkedNode => ({
  nodeType: 3,
  nodeName: '#text',
  textContent: text,
  childNodes: [],
})

const context = {
  origin: 'https://home.example',
  mentions: [{ url: 'https://far.example/@bob', acct: 'bob@far.example' }],
  tags: [{ name: 'cats', url: 'https://home.example/tags/cats' }],
}
const walk = (...children: Child[]) => walkHtml(node('body', {}, ...children), context)
const textOf = (nodes: RichNode[]): string =>
  nodes.map((n) => (n.kind === 'text' ? n.text : textOf(n.children))).join('')

describe('the walk through the HTML of a post', () => {
  it('keeps paragraphs, line breaks and the classes of shortened links only (SEC-XSS-06, SEC-XSS-15)', () => {
    const nodes = walk(
      node('p', { class: 'evil ellipsis', style: 'position:fixed', onclick: 'x()' }, 'a', node('br')),
    )
    expect(nodes).toEqual([
      {
        kind: 'element',
        tag: 'p',
        className: 'ellipsis',
        children: [
          { kind: 'text', text: 'a' },
          { kind: 'element', tag: 'br', children: [] },
        ],
      },
    ])
  })

  it('drops scripts and frames with their content, and lets unknown elements give way to theirs (SEC-XSS-06)', () => {
    expect(textOf(walk(node('script', {}, 'x()'), node('iframe'), node('blink', {}, 'hi')))).toBe('hi')
  })

  it('ignores comments', () => {
    expect(walk({ nodeType: 8, nodeName: '#comment', textContent: 'no', childNodes: [] })).toEqual([])
  })

  it.each(['javascript:alert(1)', 'data:text/html,x', ' javascript:alert(1)', '/relative', ''])(
    'makes plain text of a link to %p (SEC-XSS-04)',
    (href) => {
      expect(walk(node('a', { href }, 'click'))).toEqual([{ kind: 'text', text: 'click' }])
    },
  )

  it('leads a mention to the profile inside the app', () => {
    const nodes = walk(node('a', { href: 'https://far.example/@bob', class: 'u-url mention' }, '@bob'))
    expect(nodes).toMatchObject([{ kind: 'route', to: '/@bob@far.example', what: 'mention' }])
  })

  it('leads a hashtag of any server to the own timeline, as it is written', () => {
    const far = node(
      'a',
      { href: 'https://far.example/tags/Dogs', class: 'mention hashtag' },
      '#',
      node('span', {}, 'Dogs'),
    )
    const marked = node('a', { href: 'https://far.example/t/x', rel: 'tag' }, '#Καφές')
    const known = node('a', { href: 'https://home.example/tags/cats' }, 'cats')
    expect(walk(far, marked, known)).toMatchObject([
      { kind: 'route', to: '/tags/Dogs', title: '#Dogs' },
      { kind: 'route', to: `/tags/${encodeURIComponent('Καφές')}` },
      { kind: 'route', to: '/tags/cats' },
    ])
  })

  it('does not take a plain link for a hashtag because its text begins with a hash', () => {
    expect(walk(node('a', { href: 'https://evil.example/' }, '#cats'))).toMatchObject([
      { kind: 'link', href: 'https://evil.example/' },
    ])
  })

  it('opens profiles and posts of the own server inside the app, its other pages outside', () => {
    const nodes = walk(
      node('a', { href: 'https://home.example/@alice/123' }, 'post'),
      node('a', { href: 'https://home.example/auth/sign_out' }, 'bye'),
    )
    expect(nodes).toMatchObject([
      { kind: 'route', to: '/@alice/123' },
      { kind: 'link', href: 'https://home.example/auth/sign_out' },
    ])
  })

  it('marks links that say "me"', () => {
    expect(walk(node('a', { href: 'https://bob.example/', rel: 'me nofollow' }, 'x'))).toMatchObject([
      { me: true },
    ])
  })

  it('turns what lies absurdly deep into text (SEC-XSS-05)', () => {
    let deep: WalkedNode = node('b', {}, 'core')
    for (let level = 0; level < 500; level++) deep = node('b', {}, deep)
    expect(textOf(walk(deep))).toBe('core')
  })
})
