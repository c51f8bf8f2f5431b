import { readLanguages } from '@anancus/core/domain/instance'

type Language = [code: string, name: string, ownName: string]
let known: Language[] | undefined

/** Code, English name and own name of every language a status can have. Worked out once: it takes a moment. */
export function languages(): readonly Language[] {
  known ??= readLanguages().map(({ code, name, ownName }) => [code, name, ownName])
  return known
}
