/**
 * The development instance: a small town, so that every screen has something on it. The cast is the same as in the
 * tests; everyone's password is `mastodon` and the name, as Mastodon's own `mastodonadmin`.
 */
export interface Townsperson {
  username: string
  displayName: string
  note: string
  role?: 'Owner' | 'Admin' | 'Moderator'
  locked?: boolean
  bot?: boolean
  fields?: { name: string; value: string }[]
  /** The two colours of the generated avatar and header. */
  colours: [string, string]
}

export const people: readonly Townsperson[] = [
  {
    username: 'admin',
    displayName: 'Admin',
    note: 'Runs this instance.',
    role: 'Owner',
    colours: ['#2f6f73', '#e9c46a'],
  },
  {
    username: 'ada',
    displayName: 'Ada Lindqvist',
    note: 'Bookbinder and part-time administrator. Mostly #bookbinding and the weather.',
    role: 'Admin',
    fields: [
      { name: 'Workshop', value: 'https://ada.example/workshop' },
      { name: 'Pronouns', value: 'she/her' },
    ],
    colours: ['#7a4f9a', '#f2a65a'],
  },
  {
    username: 'mo',
    displayName: 'Mo',
    note: 'Moderator. Be kind, cite the rule.',
    role: 'Moderator',
    colours: ['#3d5a80', '#98c1d9'],
  },
  {
    username: 'alice',
    displayName: 'Alice Okafor',
    note: 'Birds, bread, and the number 14 tram.\n\nPhotos are mine. #birds',
    fields: [{ name: 'Garden list', value: '61 species' }],
    colours: ['#bc4749', '#f2e8cf'],
  },
  {
    username: 'bob',
    displayName: 'Bob 🚲',
    note: 'Fixes bicycles and opinions.',
    colours: ['#386641', '#a7c957'],
  },
  {
    username: 'eve',
    displayName: 'Eve',
    note: 'New here. I approve followers by hand.',
    locked: true,
    colours: ['#264653', '#e76f51'],
  },
  {
    username: 'tram_14',
    displayName: 'Tram 14',
    note: 'Late again. Automated.',
    bot: true,
    colours: ['#c1121f', '#fdf0d5'],
  },
]

/** Who follows whom, as pairs of usernames. */
export const follows: readonly (readonly [string, string])[] = [
  ['alice', 'bob'],
  ['alice', 'ada'],
  ['alice', 'tram_14'],
  ['bob', 'alice'],
  ['bob', 'ada'],
  ['ada', 'alice'],
  ['ada', 'bob'],
  ['ada', 'mo'],
  ['mo', 'ada'],
  ['mo', 'alice'],
  ['admin', 'alice'],
  ['admin', 'bob'],
  ['admin', 'ada'],
  ['admin', 'tram_14'],
  ['bob', 'eve'],
]

export interface TownStatus {
  /** Names the status within the town, for replies and reactions. */
  key: string
  by: string
  text: string
  spoiler?: string
  visibility?: 'public' | 'unlisted' | 'private' | 'direct'
  replyTo?: string
  language?: string
  /** Alt text of a generated picture. */
  picture?: string
  favouritedBy?: string[]
  rebloggedBy?: string[]
}

/** Oldest first. */
export const statuses: readonly TownStatus[] = [
  {
    key: 'welcome',
    by: 'admin',
    text: 'Welcome to the development instance. Everything you see here may be broken on purpose. Say hello with #introduction',
    favouritedBy: ['ada', 'alice', 'mo'],
  },
  {
    key: 'intro',
    by: 'alice',
    text: 'Hello! I count birds before work and bake after it. #introduction #birds',
    favouritedBy: ['bob', 'ada', 'admin'],
    rebloggedBy: ['ada'],
  },
  {
    key: 'intro-reply',
    by: 'bob',
    replyTo: 'intro',
    text: '@alice Welcome! Does the 14 count as a bird when it flies past the stop?',
    favouritedBy: ['alice'],
  },
  { key: 'intro-answer', by: 'alice', replyTo: 'intro-reply', text: '@bob Only in migration season.' },
  { key: 'late', by: 'tram_14', text: 'Line 14: 7 minutes late. #tram14', visibility: 'unlisted' },
  {
    key: 'press',
    by: 'ada',
    text: 'The new press has arrived. It weighs as much as the old one and me together.\n\nFirst book on it: a repair manual for bicycles, of all things. #bookbinding',
    picture: 'A cast-iron book press on a workbench, a half-bound book under its plate.',
    favouritedBy: ['alice', 'bob'],
    rebloggedBy: ['bob'],
  },
  {
    key: 'soup',
    by: 'bob',
    spoiler: 'food, strong opinions',
    text: 'Soup is a drink. I will not be taking questions at this time.',
    favouritedBy: ['mo'],
  },
  {
    key: 'soup-reply',
    by: 'mo',
    replyTo: 'soup',
    text: '@bob As a moderator I have to ask which rule this breaks.',
  },
  {
    key: 'wren',
    by: 'alice',
    text: 'A wren in the ivy, 6:40. Louder than the bakery fan. #birds',
    picture: 'A small brown bird with its tail up, in dark ivy.',
  },
  {
    key: 'german',
    by: 'mo',
    language: 'de',
    text: 'Wer bringt am Samstag Werkzeug zum Reparaturcafé mit?',
    visibility: 'public',
  },
  {
    key: 'private',
    by: 'ada',
    visibility: 'private',
    text: 'For followers: the workshop key is under the third pot again.',
  },
  {
    key: 'direct',
    by: 'bob',
    visibility: 'direct',
    text: '@alice Your chain is done, come by any time before six.',
  },
]
