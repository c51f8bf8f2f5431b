import { arrayParam, flagParam, limitParam } from '../../http/params.ts'

/** Which notifications are meant; `v1` and `v2` take the same. */
export const selectionShape = {
  types: arrayParam(),
  exclude_types: arrayParam(),
  include_filtered: flagParam(false),
}

/** Which types a client knows: of others it gets words to show. */
export const supportedTypesShape = { supported_types: arrayParam() }

export const unreadLimit = limitParam(100, 1000)
