/** What the walk needs of a DOM node; the browser's own nodes have it. */
export interface WalkedNode {
  nodeType: number
  nodeName: string
  textContent: string | null
  childNodes: ArrayLike<WalkedNode>
  getAttribute?(name: string): string | null
}

/** What becomes of a piece of a post. */
export type RichNode =
  | { kind: 'text'; text: string }
  | {
      kind: 'element'
      tag: AllowedTag
      className?: string
      lang?: string
      notranslate?: boolean
      children: RichNode[]
    }
  /** A way inside the app. */
  | { kind: 'route'; to: string; what: 'mention' | 'hashtag' | 'page'; title: string; children: RichNode[] }
  /** A way out. */
  | { kind: 'link'; href: string; me: boolean; children: RichNode[] }

export interface WalkContext {
  /** The page's own origin: `https://a.example`. */
  origin: string
  mentions: readonly { url: string; acct: string }[]
  tags: readonly { name: string; url: string }[]
}

const TEXT_NODE = 3
const ELEMENT_NODE = 1
/** Deeper than any post is nested; what lies below is shown as plain text. */
const MAX_DEPTH = 40

const ALLOWED = [
  'p',
  'br',
  'span',
  'del',
  's',
  'pre',
  'code',
  'em',
  'strong',
  'b',
  'i',
  'u',
  'sub',
  'sup',
  'ul',
  'ol',
  'li',
  'blockquote',
  'ruby',
  'rt',
  'rp',
] as const
export type AllowedTag = (typeof ALLOWED)[number]

/** Shown as what comes nearest. */
const REPLACED: Record<string, AllowedTag> = {
  h1: 'strong',
  h2: 'strong',
  h3: 'strong',
  h4: 'strong',
  h5: 'strong',
  h6: 'strong',
  div: 'p',
  strike: 'del',
}

/** Dropped with all they hold. */
const SWALLOWED = new Set([
  'script',
  'style',
  'template',
  'noscript',
  'iframe',
  'object',
  'embed',
  'svg',
  'math',
  'title',
])

const KEPT_CLASSES = new Set(['invisible', 'ellipsis', 'quote-inline', 'h-card'])

/**
 * Reads sanitised HTML of a post a second time through an allow list of our own, and tells links that stay inside the
 * app from those that leave it. Elements it does not know give way to their content.
 */
export function walkHtml(root: WalkedNode, context: WalkContext): RichNode[] {
  return walkChildren(root, context, 0)
}

function walkChildren(node: WalkedNode, context: WalkContext, depth: number): RichNode[] {
  return Array.from(node.childNodes).flatMap((child) => walkNode(child, context, depth))
}

function walkNode(node: WalkedNode, context: WalkContext, depth: number): RichNode[] {
  if (node.nodeType === TEXT_NODE) return text(node)
  if (node.nodeType !== ELEMENT_NODE) return []
  if (depth >= MAX_DEPTH) return text(node)
  const name = node.nodeName.toLowerCase()
  if (SWALLOWED.has(name)) return []
  const children = walkChildren(node, context, depth + 1)
  if (name === 'a') return [anchor(node, children, context)].flat()
  const tag = isAllowed(name) ? name : REPLACED[name]
  if (!tag) return children
  const className = classesOf(node)
    .filter((word) => KEPT_CLASSES.has(word))
    .join(' ')
  return [
    {
      kind: 'element',
      tag,
      ...(className && { className }),
      ...(attribute(node, 'lang') && { lang: attribute(node, 'lang') }),
      ...(attribute(node, 'translate') === 'no' && { notranslate: true }),
      children,
    },
  ]
}

function anchor(node: WalkedNode, children: RichNode[], context: WalkContext): RichNode | RichNode[] {
  const url = parseUrl(attribute(node, 'href'))
  if (!url) return children
  const route = insideRoute(node, url, context)
  if (route) return { kind: 'route', ...route, children }
  return { kind: 'link', href: url.href, me: relOf(node).includes('me'), children }
}

function insideRoute(node: WalkedNode, url: URL, context: WalkContext) {
  const mention = context.mentions.find((known) => sameUrl(known.url, url))
  if (mention) return { to: `/@${mention.acct}`, what: 'mention' as const, title: `@${mention.acct}` }
  const tag = tagOf(node, url, context)
  if (tag) return { to: `/tags/${encodeURIComponent(tag)}`, what: 'hashtag' as const, title: `#${tag}` }
  if (url.origin === context.origin && /^\/(@[^/]+(\/\d+)?|tags\/[^/]+)\/?$/.test(url.pathname))
    return { to: url.pathname, what: 'page' as const, title: '' }
  return null
}

/** A link is a hashtag when the post says so, or when it is marked as one and reads like one. */
function tagOf(node: WalkedNode, url: URL, context: WalkContext): string | null {
  const words = node.textContent?.trim() ?? ''
  const isMarked = classesOf(node).includes('hashtag') || relOf(node).includes('tag')
  const known = context.tags.find((tag) => sameUrl(tag.url, url))
  if (!isMarked && !known) return null
  return /^[#＃](\S+)$/u.exec(words)?.[1] ?? known?.name ?? null
}

function sameUrl(known: string, url: URL): boolean {
  return known === url.href || parseUrl(known)?.href === url.href
}

function parseUrl(href: string): URL | null {
  const url = URL.parse(href)
  return url &&
    /^(https?|mailto|xmpp|magnet|gemini|gopher|ipfs|ipns|matrix|dat|dweb|ssb):$/.test(url.protocol)
    ? url
    : null
}

function text(node: WalkedNode): RichNode[] {
  return node.textContent ? [{ kind: 'text', text: node.textContent }] : []
}

function isAllowed(name: string): name is AllowedTag {
  return (ALLOWED as readonly string[]).includes(name)
}

function attribute(node: WalkedNode, name: string): string {
  return node.getAttribute?.(name) ?? ''
}

function classesOf(node: WalkedNode): string[] {
  return attribute(node, 'class').split(/\s+/)
}

function relOf(node: WalkedNode): string[] {
  return attribute(node, 'rel').toLowerCase().split(/\s+/)
}
