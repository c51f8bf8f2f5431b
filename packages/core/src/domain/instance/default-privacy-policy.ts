export const DEFAULT_PRIVACY_POLICY_DATE = '2026-11-24T00:00:00.000Z'

/** Shown until the administrators write their own; says what this software does with data. */
export const DEFAULT_PRIVACY_POLICY = `
This policy says what %{domain} keeps about you, what it does with it, and what you can do about it.

## What is kept

- **Your account**: a username, an e-mail address and a password (only a hash of it). You may add a display name, a biography, fields, an avatar and a header picture. Username, names, biography and pictures are public.
- **What you post, and whom you follow**: posts, pictures and their descriptions, favourites, boosts, bookmarks, follows, blocks and mutes. Public posts are public; others are delivered to your followers or to the people they name, on whatever server those people are.
- **Technical data**: the address and the name of the browser or app with which you signed in, for your own list of sessions and for protection against abuse.

Please keep in mind that the operators of this server and of the receiving servers can see what you send. **Do not send anything secret.**

## What it is used for

- To do what you ask: to show you the posts of the people you follow, and yours to them.
- To keep the place civil: to find accounts that get round a ban, and to handle reports.
- Your e-mail address is used to write to you about your account and what happens to you here.

## Whom it is given to

Nobody buys it, and nobody is given it, but for what makes the network work: your posts and your profile go to the servers of your followers and of those you mention; apps that you let in see what you let them see; and what the law demands.

## How long

Until you delete it. When you delete a post, other servers are asked to delete it as well. When you delete your account, its posts, follows and pictures are deleted; its name stays reserved. Addresses used to sign in are forgotten after a year at most.

## Cookies

One cookie keeps you signed in, another protects forms while you fill them in. There are no others, and no tracking.

## Children

If you are younger than the law where this server stands demands for such a service, do not use it.
`
