/** Screens that are about the one who looks, or about many things: whoever may not act is led to where the reason is. */
export const OWN_SCREENS = [
  '/home',
  '/getting-started',
  '/publish',
  '/share',
  '/notifications',
  '/notifications/mentions',
  '/favourites',
  '/bookmarks',
  '/follow_requests',
  '/blocks',
  '/mutes',
  '/appearance',
  '/keyboard-shortcuts',
  '/explore',
  '/explore/tags',
  '/explore/links',
  '/explore/suggestions',
  '/directory',
  '/search',
  '/public',
  '/public/local',
]

/** Screens that everybody may see, whatever the state of their account. */
export const OPEN_SCREENS = ['/about', '/privacy-policy', '/terms-of-service']

/** Tabs of a profile; each has an address of its own. */
export const PROFILE_TABS = ['with_replies', 'media', 'collections', 'followers', 'following']

/** Lists below a status. */
export const STATUS_LISTS = ['reblogs', 'favourites']
