/** Different reactions an account may give to one status. */
export const MAX_REACTIONS_OF_ACCOUNT = 8
/** Different reactions a status may have in all; more of those it has are counted without end. */
export const MAX_REACTIONS_OF_STATUS = 50
/** Characters of the name of a reaction: a shortcode and a server. */
export const MAX_REACTION_NAME = 200
