import { createRequire } from 'node:module'

/**
 * Makes of `activitystrea.ms` 3.1 what `@evanp/activitypub-bot` expects of 4.0, which the registry does not have: contexts can
 * be registered, are known when a document is read as well as when it is written, what is written has the context it was
 * read with, and an object says whether it is an activity. To be imported before the framework.
 */
const require = createRequire(import.meta.url)

interface Loader {
  register(url: string, context: object): void
}
interface LoaderClass {
  prototype: { makeDocLoader(this: Loader): unknown }
  defaultInstance: Loader
}

const LoaderOfContexts = require('activitystrea.ms/src/contextloader.js') as LoaderClass
const { makeDocLoader } = LoaderOfContexts.prototype
LoaderOfContexts.prototype.makeDocLoader = () => makeDocLoader.call(LoaderOfContexts.defaultInstance)

const Environment = require('activitystrea.ms/src/environment.js') as { prototype: object }
Object.defineProperty(Environment.prototype, 'origContext', {
  get(this: { originalContext: unknown }) {
    return this.originalContext
  },
})

interface Reasoner {
  node(type: string): { is(type: string): boolean }
}
interface Streams {
  models: { Object: { prototype: object } }
  registerContext(url: string, context: object): void
}

const ACTIVITY = 'https://www.w3.org/ns/activitystreams#Activity'
const reasoner = require('activitystrea.ms/src/reasoner.js') as Reasoner
const streams = require('activitystrea.ms') as Streams
streams.registerContext = (url, context) => LoaderOfContexts.defaultInstance.register(url, context)
Object.defineProperty(streams.models.Object.prototype, 'isActivity', {
  value(this: { type: string | string[] | undefined }) {
    return [this.type ?? []].flat().some((type) => reasoner.node(type).is(ACTIVITY))
  },
})
