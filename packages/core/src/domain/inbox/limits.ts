/** Bytes of an activity; larger ones are refused before they are read. */
export const MAX_ACTIVITY_BYTES = 1024 * 1024
/** How long we remember that something was undone which we have not seen yet. */
export const UNDONE_SECONDS = 6 * 60 * 60
/** An edit of a status we do not know makes it known when it is younger than this. */
export const UNKNOWN_EDIT_MS = 24 * 60 * 60 * 1000
/** Objects of one activity, and activities of one collection, that are looked at. */
export const MAX_OBJECTS = 20
/** A key that could not be found is asked for again this often within the window. */
export const KEY_FETCHES = 3
export const KEY_FETCH_WINDOW_SECONDS = 10 * 60
/** A key that did not fit is fetched anew at most this often. */
export const KEY_REFRESH_SECONDS = 5 * 60
/** Statuses of a deleted account that one step removes. */
export const REMOVED_AT_ONCE = 100
