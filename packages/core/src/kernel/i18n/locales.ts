/** The interface languages a user may choose; the list is Mastodon's, so that every imported choice stays valid. */
export const LOCALES: readonly string[] = (
  'af an ar ast az be bg bn br bs ca ckb co cs csb cy da de el en en-GB eo es es-AR es-MX et eu fa fi fil fo fr ' +
  'fr-CA fy ga gd gl he hi hr hu hy ia id ie ig io is it ja ka kab kk kn ko ku kw la lad lt lv mk ml mr ms my nan ' +
  'ne nl nn no oc pa pl pt-BR pt-PT ro ru ry sa sc sco sh si sk sl sma sq sr sr-Latn sv szl ta tai te th tok tr tt ' +
  'ug uk ur uz vai vi zgh zh-CN zh-HK zh-TW'
).split(' ')

const known = new Set(LOCALES)

export function isLocale(text: string): boolean {
  return known.has(text)
}
