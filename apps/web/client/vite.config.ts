import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compiledMessages, messagesWithoutParser } from './vite/messages.ts'

/** Where `pnpm dev` finds a running instance. */
const SERVER = 'http://127.0.0.1:3000'

export default defineConfig({
  plugins: [compiledMessages(), react()],
  resolve: { alias: messagesWithoutParser() },
  build: {
    manifest: true,
    // Every browser that runs the client knows module preload.
    modulePreload: { polyfill: false },
    // The content security policy allows images from the own origin; small ones need not be inlined.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  server: {
    proxy: Object.fromEntries(
      ['/api', '/auth', '/oauth', '/system', '/media_proxy'].map((path) => [path, SERVER]),
    ),
  },
})
