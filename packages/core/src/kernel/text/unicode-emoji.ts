const EMOJI = /^\p{RGI_Emoji}$/v
const LONGEST_EMOJI = 40
const COLOURED = '\uFE0F'

/**
 * A text that is one emoji as Unicode recommends it, in its full spelling: the selector that asks for the coloured form
 * may be left out, or stand where it is not needed. Null for anything else.
 */
export function unicodeEmoji(text: string): string | null {
  if (text.length > LONGEST_EMOJI) return null
  const spellings = [text, `${text}${COLOURED}`, text.replaceAll(COLOURED, '')]
  return spellings.find((spelling) => EMOJI.test(spelling)) ?? null
}
