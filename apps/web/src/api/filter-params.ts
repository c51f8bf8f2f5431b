import { z } from 'zod'
import {
  arrayParam,
  booleanParam,
  flagParam,
  hashParam,
  nullableStringParam,
  optionalIdParam,
  recordsParamOf,
  stringParam,
} from '../http/params.ts'

/** Seconds from now; empty and null are no end, other text is 0. */
export const expiresInParam = nullableStringParam.transform((text) => {
  if (text === undefined) return undefined
  if (text === null || text === '') return null
  const seconds = Number.parseInt(text, 10)
  return Number.isFinite(seconds) ? seconds : 0
})

export const keywordParams = { keyword: stringParam, whole_word: booleanParam }

const keywordShape = { ...keywordParams, id: optionalIdParam, _destroy: flagParam(false) }
const keywordChange = hashParam(keywordShape)

/** What a filter of today is made of. */
export const filterParams = {
  title: stringParam,
  context: arrayParam(),
  filter_action: nullableStringParam,
  expires_in: expiresInParam,
  keywords_attributes: recordsParamOf(keywordShape).transform((records) =>
    records?.flatMap((record) => keywordChange.parse(record) ?? []),
  ),
}

const schema = z.object(filterParams)

/** The parameters in the words of the house. */
export function filterChangeOf(params: z.output<typeof schema>) {
  return {
    title: params.title,
    context: params.context,
    action: params.filter_action,
    expiresIn: params.expires_in,
    keywords: params.keywords_attributes?.map(({ id, keyword, whole_word, _destroy }) => ({
      id,
      keyword,
      wholeWord: whole_word,
      isGone: _destroy,
    })),
  }
}
