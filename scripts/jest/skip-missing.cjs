// Where a server that a project's tests need is missing (global-setup says so), they are skipped one by one, so that the
// report can count and name them.
const missing = process.env.ANANCUS_TEST_MISSING
if (missing) {
  const { skip: skipped, todo } = test
  const skip = (name, work) => skipped(`${name} (needs ${missing})`, work)
  const skipping = Object.assign(skip, {
    skip,
    only: skip,
    failing: skip,
    concurrent: skip,
    each: skipped.each,
    todo,
  })
  globalThis.it = skipping
  globalThis.test = skipping
  for (const hook of ['beforeAll', 'beforeEach', 'afterEach', 'afterAll']) globalThis[hook] = () => {}
}
