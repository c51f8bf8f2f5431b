import type { estypes } from '@elastic/elasticsearch'

/**
 * How text becomes words: `verbatim` for what is searched as it stands, `stemmed` for what is also found in another
 * form, `beginnings` for names that are half typed; accents, case and the width of letters never matter.
 *
 * @see https://www.elastic.co/docs/reference/text-analysis
 */
export const analysis: estypes.IndicesIndexSettingsAnalysis = {
  filter: {
    english_stop: { type: 'stop', stopwords: '_english_' },
    english_stemmer: { type: 'stemmer', language: 'english' },
    english_possessive_stemmer: { type: 'stemmer', language: 'possessive_english' },
    beginnings: { type: 'edge_ngram', min_gram: 1, max_gram: 15 },
  },
  analyzer: {
    verbatim: {
      type: 'custom',
      tokenizer: 'standard',
      filter: ['lowercase', 'asciifolding', 'cjk_width'],
    },
    stemmed: {
      type: 'custom',
      tokenizer: 'standard',
      filter: [
        'lowercase',
        'asciifolding',
        'cjk_width',
        'elision',
        'english_possessive_stemmer',
        'english_stop',
        'english_stemmer',
      ],
    },
    beginnings: {
      type: 'custom',
      tokenizer: 'standard',
      filter: ['lowercase', 'asciifolding', 'cjk_width', 'beginnings'],
    },
  },
  normalizer: {
    folded: { type: 'custom', filter: ['lowercase', 'asciifolding', 'cjk_width'] },
  },
}
