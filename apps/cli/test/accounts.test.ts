import { findUserByUsername } from '@anancus/core/domain/users'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { run } from './support/run.ts'

let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext()
})
afterAll(() => closeTestContext(ctx))

const user = async (username: string) => {
  const found = await findUserByUsername(ctx, username)
  if (!found) throw new Error(`There is no ${username}.`)
  return found
}

describe('accounts create', () => {
  it('makes a user and prints the password', async () => {
    const ran = await run(
      ctx,
      'accounts create flo --email flo@social.test --confirmed --approve --role Moderator',
    )
    expect(ran).toMatchObject({ exitCode: 0, failed: [] })
    expect(ran.said[0]).toBe('OK')
    expect(ran.said[1]).toMatch(/^New password: \S{16,}$/)
    const made = await user('flo')
    expect(made.user).toMatchObject({ approved: true, email: 'flo@social.test' })
    expect(made.user.confirmed_at).not.toBeNull()
    expect(made.role.name).toBe('Moderator')
  })

  it('lists what is wrong, with the kind of the error', async () => {
    const ran = await run(ctx, 'accounts create flo --email nonsense')
    expect(ran.exitCode).toBe(1)
    expect(ran.failed.join('\n')).toContain('Failure/Error: ')
    expect(ran.failed.join('\n')).toContain('(ERR_TAKEN)')
  })

  it('needs an address', async () => {
    const ran = await run(ctx, 'accounts create nobody')
    expect(ran.exitCode).toBe(1)
    expect(ran.failed.join(' ')).toContain("required option '--email <address>'")
  })

  it('knows no role by that name', async () => {
    const ran = await run(ctx, 'accounts create gil --email gil@social.test --role Emperor')
    expect(ran.exitCode).toBe(1)
    expect(await findUserByUsername(ctx, 'gil')).toBeNull()
  })
})

describe('accounts modify', () => {
  it('changes what was named, and nothing else', async () => {
    const before = await user('flo')
    const ran = await run(ctx, 'accounts modify flo --disable --remove-role --reset-password')
    expect(ran.exitCode).toBe(0)
    expect(ran.said.at(-1)).toMatch(/^New password: /)
    const after = await user('flo')
    expect(after.user.disabled).toBe(true)
    expect(after.user.role_id).toBeNull()
    expect(after.user.encrypted_password).not.toBe(before.user.encrypted_password)
    expect(after.user.email).toBe(before.user.email)
    await run(ctx, 'accounts modify flo --enable')
    expect((await user('flo')).user.disabled).toBe(false)
  })

  it('tells of a name nobody has', async () => {
    const ran = await run(ctx, 'accounts modify nobody --confirm')
    expect(ran).toMatchObject({ exitCode: 1, failed: ['No user with such username: nobody'] })
  })
})

describe('accounts approve', () => {
  const isApproved = async (username: string) => (await user(username)).user.approved

  it('lets the oldest in, one by name, or all', async () => {
    for (const name of ['one', 'two', 'three', 'four'])
      await run(ctx, `accounts create ${name} --email ${name}@social.test --confirmed`)
    await ctx
      .db('users')
      .whereLike('email', '%@social.test')
      .whereNot('email', 'flo@social.test')
      .update({ approved: false })
    await run(ctx, 'accounts approve --number 1')
    expect([await isApproved('one'), await isApproved('two')]).toEqual([true, false])
    await run(ctx, 'accounts approve three')
    expect([await isApproved('two'), await isApproved('three')]).toEqual([false, true])
    await run(ctx, 'accounts approve --all')
    expect([await isApproved('two'), await isApproved('four')]).toEqual([true, true])
  })

  it.each(['0', '-3', 'many'])('refuses %s as a number', async (number) => {
    expect((await run(ctx, `accounts approve --number=${number}`)).exitCode).toBe(1)
  })
})

describe('accounts rotate', () => {
  it('gives new keys', async () => {
    const before = await user('one')
    expect(await run(ctx, 'accounts rotate one')).toMatchObject({ exitCode: 0, said: ['OK'] })
    expect((await user('one')).account.public_key).not.toBe(before.account.public_key)
  })

  it('counts all of them', async () => {
    const ran = await run(ctx, 'accounts rotate --all')
    expect(ran.said[0]).toMatch(/^OK, rotated keys for \d+ accounts$/)
  })
})

describe('accounts delete', () => {
  it('only says what it would do in a dry run', async () => {
    const ran = await run(ctx, 'accounts delete two --dry-run')
    expect(ran.said).toEqual([
      'Deleting user with 0 statuses, the worker takes care of them (DRY RUN)',
      'OK (DRY RUN)',
    ])
    expect(await findUserByUsername(ctx, 'two')).not.toBeNull()
  })

  it('takes an address as well as a name, but not both', async () => {
    expect((await run(ctx, 'accounts delete two --email two@social.test')).exitCode).toBe(1)
    expect((await run(ctx, 'accounts delete --email two@social.test')).exitCode).toBe(0)
    expect(await findUserByUsername(ctx, 'two')).toBeNull()
  })
})

describe('tokens create', () => {
  it('prints a token that works', async () => {
    const ran = await run(ctx, 'tokens create one --scopes read')
    expect(ran.exitCode).toBe(0)
    expect(ran.said.at(-1)).toMatch(/^[\w-]{40,}$/)
  })

  it('refuses scopes nobody knows', async () => {
    expect(await run(ctx, 'tokens create one --scopes everything')).toMatchObject({
      exitCode: 1,
      failed: ['Unknown scopes: everything'],
    })
  })
})
