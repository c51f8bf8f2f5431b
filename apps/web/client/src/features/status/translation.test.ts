import type { Status } from '@anancus/core/entities/types'
import { translated, translationTarget } from './translation.ts'

const status = (values: Partial<Status> = {}) =>
  ({
    id: '1',
    visibility: 'public',
    language: 'es',
    content: '<p>Hola</p>',
    spoiler_text: '',
    poll: null,
    media_attachments: [],
    ...values,
  }) as Status

const pairs = { es: ['de', 'en', 'pt-BR'], und: ['de'] }

describe('translationTarget', () => {
  it('is the reader’s language, or the general one, where the server knows the pair', () => {
    expect(translationTarget(status(), 'de', pairs)).toBe('de')
    expect(translationTarget(status(), 'en-GB', pairs)).toBe('en')
    expect(translationTarget(status(), 'pt-BR', pairs)).toBe('pt-BR')
    expect(translationTarget(status(), 'fr', pairs)).toBeNull()
    expect(translationTarget(status({ language: null }), 'de', pairs)).toBe('de')
    expect(translationTarget(status({ language: 'ja' }), 'de', pairs)).toBeNull()
    expect(translationTarget(status(), 'de', undefined)).toBeNull()
  })

  it('is none for what the reader understands, may be read by few, or has no words', () => {
    expect(translationTarget(status({ language: 'de' }), 'de', { de: ['de'] })).toBeNull()
    expect(translationTarget(status({ language: 'en' }), 'en-GB', { en: ['en-GB'] })).toBeNull()
    expect(translationTarget(status({ visibility: 'unlisted' }), 'de', pairs)).toBe('de')
    expect(translationTarget(status({ visibility: 'private' }), 'de', pairs)).toBeNull()
    expect(translationTarget(status({ visibility: 'direct' }), 'de', pairs)).toBeNull()
    expect(translationTarget(status({ content: '' }), 'de', pairs)).toBeNull()
  })
})

it('translated puts the words in their places and leaves the rest', () => {
  const original = status({
    spoiler_text: 'Fin',
    poll: {
      options: [
        { title: 'Sí', votes_count: 1 },
        { title: 'No', votes_count: 2 },
      ],
    },
    media_attachments: [
      { id: '7', description: 'Un gato' },
      { id: '8', description: null },
    ],
  } as Partial<Status>)
  const result = translated(original, {
    detected_source_language: 'es',
    language: 'en',
    provider: 'X',
    content: '<p>Hello</p>',
    spoiler_text: 'The end',
    poll: { id: '1', options: [{ title: 'Yes' }, { title: 'Nope' }] },
    media_attachments: [{ id: '7', description: 'A cat' }],
  })
  expect(result).toMatchObject({
    id: '1',
    language: 'en',
    content: '<p>Hello</p>',
    spoiler_text: 'The end',
    poll: {
      options: [
        { title: 'Yes', votes_count: 1 },
        { title: 'Nope', votes_count: 2 },
      ],
    },
    media_attachments: [
      { id: '7', description: 'A cat' },
      { id: '8', description: null },
    ],
  })
})
