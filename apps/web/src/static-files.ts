import express from 'express'
import { PUBLIC_FOLDER } from './pages/assets.ts'

const DAY_MS = 24 * 3600 * 1000
const YEAR_MS = 365 * DAY_MS

/** Files as they are: pictures and styles of ours for a day, what the client's build named by its content for ever. */
export function staticFiles(clientFolder: string): express.Router {
  const router = express.Router({ caseSensitive: true })
  router.use(
    '/assets',
    express.static(`${clientFolder}/assets`, {
      index: false,
      immutable: true,
      maxAge: YEAR_MS,
      redirect: false,
    }),
  )
  router.use(
    express.static(PUBLIC_FOLDER, { index: false, maxAge: DAY_MS, redirect: false, dotfiles: 'ignore' }),
  )
  return router
}
