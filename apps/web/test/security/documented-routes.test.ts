import { apiRoutes } from '../../src/api/index.ts'
import { oauthRoutes } from '../../src/oauth/router.ts'
import { documentedNames, namesOf, OURS } from './documented-routes.ts'

const mounted = namesOf([...apiRoutes, ...oauthRoutes])

it('knows all of Mastodon 4.6.5', () => {
  const api = documentedNames.filter((name) => name.includes(' /api/'))
  expect(api).toHaveLength(300)
})

it('there is every route of Mastodon', () => {
  expect(documentedNames.filter((name) => !mounted.has(name))).toEqual([])
})

it('there is no other', () => {
  expect([...mounted].filter((name) => !documentedNames.includes(name)).sort()).toEqual(OURS)
})
