import type { CustomEmoji } from '@anancus/core/entities/types'
import { createElement, memo, type ReactNode } from 'react'
import { AppLink } from '../app-link.tsx'
import { EmojiText } from './emoji-text.tsx'
import { type RichNode, type WalkContext, type WalkedNode, walkHtml } from './walk.ts'
import './rich-text.css'

interface Props {
  html: string
  emojis?: readonly CustomEmoji[]
  mentions?: WalkContext['mentions']
  tags?: WalkContext['tags']
  lang?: string | null
  className?: string
}

const NONE: never[] = []

/** HTML written by others: a post, a biography, a field. */
export const RichText = memo(function RichText({
  html,
  emojis = NONE,
  mentions = NONE,
  tags = NONE,
  lang,
  className = '',
}: Props) {
  const nodes = walkHtml(parse(html), { origin: location.origin, mentions, tags })
  return (
    <div className={`rich-text ${className}`} lang={lang ?? undefined} dir="auto">
      {nodes.map((node, at) => show(node, at, emojis))}
    </div>
  )
})

function parse(html: string): WalkedNode {
  return new DOMParser().parseFromString(html, 'text/html').body
}

/** The plain words of some HTML, for titles and previews. */
export function plainWords(html: string): string {
  return textOf(walkHtml(parse(html), { origin: location.origin, mentions: NONE, tags: NONE })).trim()
}

function textOf(nodes: readonly RichNode[]): string {
  return nodes
    .map((node) => {
      if (node.kind === 'text') return node.text
      const isBreak = node.kind === 'element' && (node.tag === 'br' || node.tag === 'p')
      return textOf(node.children) + (isBreak ? ' ' : '')
    })
    .join('')
}

function show(node: RichNode, key: number, emojis: readonly CustomEmoji[]): ReactNode {
  if (node.kind === 'text') return <EmojiText key={key} text={node.text} emojis={emojis} />
  const children =
    node.children.length > 0 ? node.children.map((child, at) => show(child, at, emojis)) : undefined
  switch (node.kind) {
    case 'route':
      return (
        <AppLink key={key} to={node.to} className={node.what} title={node.title || undefined}>
          {children}
        </AppLink>
      )
    case 'link':
      return (
        <a
          key={key}
          href={node.href}
          target="_blank"
          rel={`nofollow noopener${node.me ? ' me' : ''}`}
          translate="no"
        >
          {children}
        </a>
      )
    case 'element':
      return createElement(
        node.tag,
        { key, className: node.className, lang: node.lang, translate: node.notranslate ? 'no' : undefined },
        children,
      )
  }
}
