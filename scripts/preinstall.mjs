// `npm install` at the root would leave a lock file and a folder that pnpm then has to mend.
if (!(process.env.npm_config_user_agent ?? '').startsWith('pnpm/')) {
  console.error('This repository installs itself: type "npm start" to run it, or "npm test" to test it.')
  process.exit(1)
}
