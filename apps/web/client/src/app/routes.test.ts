import { placeOf } from './routes.ts'

describe('addresses', () => {
  it.each([
    ['/', { screen: 'home' }],
    ['/home/', { screen: 'home' }],
    ['/web/home', { screen: 'home' }],
    ['/public/local', { screen: 'public', kind: 'local' }],
    ['/explore', { screen: 'explore', tab: 'posts' }],
    ['/explore/links', { screen: 'explore', tab: 'links' }],
    ['/links/https%3A%2F%2Fnews.example%2F1', { screen: 'link', url: 'https://news.example/1' }],
    ['/directory', { screen: 'directory' }],
    ['/tags/Katzen%20', { screen: 'hashtag', tag: 'Katzen ' }],
    ['/@alice', { screen: 'profile', acct: 'alice', tab: 'posts' }],
    ['/@bob@far.example/with_replies', { screen: 'profile', acct: 'bob@far.example', tab: 'replies' }],
    ['/@alice/collections', { screen: 'profile', acct: 'alice', tab: 'collections' }],
    ['/collections/115', { screen: 'collection', id: '115' }],
    ['/@alice/followers', { screen: 'people', acct: 'alice', list: 'followers' }],
    ['/@bob@far.example/115', { screen: 'thread', acct: 'bob@far.example', id: '115' }],
    ['/@alice/115/favourites', { screen: 'interactions', id: '115', kind: 'favourites' }],
    ['/notifications/mentions', { screen: 'notifications', tab: 'mentions' }],
    ['/@alice/not-an-id', { screen: 'nowhere' }],
    ['/constructor', { screen: 'nowhere' }],
    ['/tags/%E0%A4%A', { screen: 'hashtag', tag: '%E0%A4%A' }],
    ['//', { screen: 'home' }],
  ])('%s', (path, place) => {
    expect(placeOf(path)).toEqual(place)
  })
})
