import { execFileSync } from 'node:child_process'
import { mkdtemp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { emojiKey } from '@anancus/core/kernel/storage/keys'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { movingGif, picture } from '@anancus/core/testing/pictures'
import { resetDatabase } from '@anancus/core/testing/reset'
import { type Factories, factories } from '@anancus/db/testing/make'
import { run } from './support/run.ts'

let ctx: TestContext
let make: Factories
let folder: string
beforeAll(async () => {
  ctx = await testContext()
  folder = await mkdtemp(join(tmpdir(), 'anancus-emojis-'))
})
afterAll(async () => {
  await closeTestContext(ctx)
  await rm(folder, { recursive: true })
})
beforeEach(async () => {
  await resetDatabase(ctx)
  make = factories(ctx.db)
})

const emojis = () => ctx.db('custom_emojis').orderBy('shortcode')
const keys = async () => {
  const found: string[] = []
  for await (const page of ctx.storage.list()) found.push(...page.map(({ key }) => key))
  return found
}

/** A .tar.gz of these files, as the operator's own tar makes it. */
async function archiveOf(files: Record<string, Buffer>): Promise<string> {
  const inside = await mkdtemp(join(folder, 'in-'))
  await mkdir(join(inside, 'pack'))
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(inside, 'pack', name), bytes)
  const path = join(inside, 'pack.tar.gz')
  execFileSync('tar', ['--sort=name', '-czf', path, '-C', inside, 'pack'])
  return path
}

describe('emoji import', () => {
  it('makes emojis of pictures, moving ones with a still, and leaves what is there', async () => {
    const path = await archiveOf({
      'cat.png': await picture('png'),
      'dance.gif': await movingGif(3),
      '._cat.png': Buffer.from('a shadow'),
      'readme.txt': Buffer.from('hello'),
    })
    expect((await run(ctx, `emoji import ${path} --category animals`)).said).toEqual([
      'Imported 2, skipped 0, failed to import 0',
    ])
    const [cat, dance] = await emojis()
    const [category] = await ctx.db('custom_emoji_categories')
    expect(category.name).toBe('animals')
    expect(cat).toMatchObject({
      shortcode: 'cat',
      domain: null,
      visible_in_picker: true,
      category_id: category.id,
      image_content_type: 'image/png',
    })
    expect(dance.image_content_type).toBe('image/gif')
    expect((await keys()).sort()).toEqual(
      [cat, dance].flatMap((emoji) => [emojiKey(emoji, 'original'), emojiKey(emoji, 'static')]).sort(),
    )
    expect((await run(ctx, `emoji import ${path}`)).said).toEqual([
      'Imported 0, skipped 2, failed to import 0',
    ])
    expect((await run(ctx, `emoji import ${path} --prefix x_ --suffix _y --unlisted`)).said).toEqual([
      'Imported 2, skipped 0, failed to import 0',
    ])
    expect((await emojis()).map((emoji) => [emoji.shortcode, emoji.visible_in_picker])).toEqual([
      ['cat', true],
      ['dance', true],
      ['x_cat_y', false],
      ['x_dance_y', false],
    ])
  })

  it('--overwrite gives them the new picture; the old one goes', async () => {
    await run(ctx, `emoji import ${await archiveOf({ 'cat.png': await picture('png') })}`)
    const [before] = await emojis()
    const path = await archiveOf({ 'CAT.gif': await movingGif(2) })
    expect((await run(ctx, `emoji import ${path} --overwrite`)).said).toEqual([
      'Imported 1, skipped 0, failed to import 0',
    ])
    const [after, ...others] = await emojis()
    expect(others).toEqual([])
    expect(after).toMatchObject({ id: before.id, shortcode: 'cat', image_content_type: 'image/gif' })
    expect((await keys()).some((key) => key.includes(before.image_file_name))).toBe(false)
  })

  it('tells what it cannot take, and goes on', async () => {
    const path = await archiveOf({
      'bad name.png': await picture('png'),
      'fake.png': Buffer.from('%PDF-1.7'),
      'good.png': await picture('png'),
      'large.png': Buffer.alloc(300_000),
    })
    const ran = await run(ctx, `emoji import ${path}`)
    expect(ran.said.at(-1)).toBe('Imported 1, skipped 0, failed to import 3')
    expect(ran.said.filter((line) => line.endsWith('.png'))).toEqual([
      'pack/bad name.png',
      'pack/fake.png',
      'pack/large.png',
    ])
    expect(ran.said).toContain('    Image must be less than 256 KB')
  })

  it.each([
    ['/nowhere/pack.tar.gz', 'There is no file /nowhere/pack.tar.gz'],
    [__filename, `${__filename} is no .tar.gz`],
  ])('refuses %s', async (path, message) => {
    expect(await run(ctx, `emoji import ${path}`)).toMatchObject({ exitCode: 1, failed: [message] })
  })
})

describe('emoji export', () => {
  it('writes an archive that tar and emoji import read', async () => {
    const pack = await archiveOf({ 'cat.png': await picture('png'), 'dance.gif': await movingGif(3) })
    await run(ctx, `emoji import ${pack} --category animals`)
    await run(ctx, `emoji import ${await archiveOf({ 'star.png': await picture('png') })}`)
    await make.customEmoji({ shortcode: 'theirs', domain: 'far.example' })
    const target = await mkdtemp(join(folder, 'out-'))
    expect((await run(ctx, `emoji export ${target}`)).said).toEqual([
      "Adding 'cat'...",
      "Adding 'dance'...",
      "Adding 'star'...",
      'Exported 3',
    ])
    expect(await readdir(target)).toEqual(['export.tar.gz'])
    const file = join(target, 'export.tar.gz')
    expect(execFileSync('tar', ['-tzf', file]).toString()).toBe('cat.png\ndance.gif\nstar.png\n')
    const [cat] = await emojis()
    const kept = await buffer((await ctx.storage.get(emojiKey(cat, 'original') ?? '')).body)
    expect(execFileSync('tar', ['-xzOf', file, 'cat.png']).equals(kept)).toBe(true)
    expect((await run(ctx, `emoji export ${target}`)).failed).toEqual([
      "Archive already exists! Use '--overwrite' to overwrite it!",
    ])
    const before = await readFile(file)
    expect((await run(ctx, `emoji export ${target} --overwrite --category animals`)).said.at(-1)).toBe(
      'Exported 2',
    )
    expect((await readFile(file)).equals(before)).toBe(false)
    expect((await run(ctx, `emoji export ${target} --overwrite --category none`)).failed).toEqual([
      "Unable to find category 'none'!",
    ])
    await run(ctx, 'emoji purge')
    expect((await run(ctx, `emoji import ${file}`)).said).toEqual([
      'Imported 2, skipped 0, failed to import 0',
    ])
  })
})

describe('emoji purge', () => {
  it('removes all, or those of others, or those of suspended servers, with their files', async () => {
    await ctx.db('domain_blocks').insert([
      { domain: 'bad.example', severity: 1 },
      { domain: 'loud.example', severity: 0 },
    ])
    for (const domain of [null, 'bad.example', 'loud.example', 'far.example']) {
      const emoji = await make.customEmoji({ shortcode: 'cat', domain })
      await ctx.storage.put(emojiKey(emoji, 'original') ?? '', Buffer.from('x'), { contentType: 'image/png' })
    }
    const domains = async () => (await ctx.db('custom_emojis').orderBy('id')).map(({ domain }) => domain)
    expect((await run(ctx, 'emoji purge --suspended-only')).said).toEqual(['OK'])
    expect(await domains()).toEqual([null, 'loud.example', 'far.example'])
    await run(ctx, 'emoji purge --remote-only')
    expect(await domains()).toEqual([null])
    await run(ctx, 'emoji purge')
    expect([await domains(), (await keys()).filter((key) => key.includes('/cat.png'))]).toEqual([[], []])
  })
})
