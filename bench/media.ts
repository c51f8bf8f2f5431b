// `node bench/media.ts`: how much longer an upload of a picture takes than sharp alone for the same outputs (the stored
// version, the small one, and the pixels of the placeholder), and what 200 uploads at once need. Ratios are what counts.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { uploadMedia } from '@anancus/core/domain/media'
import type { Ctx } from '@anancus/core/kernel/context'
import { closeTestContext, testContext } from '@anancus/core/testing/context'
import { type LargePicture, sharpAlone, writeLargePicture } from '@anancus/core/testing/sharp-alone'
import type { AccountRow } from '@anancus/db'
import { factories } from '@anancus/db/testing/make'
import { withTestServices } from './test-services.ts'

const ROUNDS = Number(process.argv[2] ?? 9)
const AT_ONCE = 200
const MAX_OVERHEAD = 0.2
const MB = 1024 ** 2
const PICTURES: (LargePicture & { name: string })[] = [
  { name: 'JPEG of 12 megapixels', format: 'jpeg', width: 4000, height: 3000 },
  { name: 'JPEG of 2 megapixels', format: 'jpeg', width: 1600, height: 1200 },
  { name: 'PNG of 2 megapixels', format: 'png', width: 1600, height: 1200 },
  { name: 'WebP of 2 megapixels', format: 'webp', width: 1600, height: 1200 },
]

await withTestServices(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'anancus-bench-media-'))
  const ctx = await testContext()
  try {
    const { account } = await factories(ctx.db).viewer({})
    const paths = await Promise.all(PICTURES.map((one) => writeLargePicture(folder, one)))
    for (const [index, { name, format }] of PICTURES.entries())
      await compare(
        name,
        () => sharpAlone(paths[index] ?? '', format),
        () => upload(ctx, account, paths[index] ?? ''),
      )
    await showMemory(ctx, account, paths)
  } finally {
    await closeTestContext(ctx)
    await rm(folder, { recursive: true })
  }
})

async function upload(ctx: Ctx, account: AccountRow, path: string): Promise<void> {
  await uploadMedia(ctx, account, { path, filename: 'x', contentType: 'x', bytes: 0 })
}

/** Takes turns, so that what else the machine does befalls both. */
async function compare(name: string, alone: () => Promise<void>, ours: () => Promise<void>): Promise<void> {
  const times: { alone: number[]; ours: number[] } = { alone: [], ours: [] }
  await alone()
  await ours()
  for (let round = 0; round < ROUNDS; round += 1) {
    times.alone.push(await timed(alone))
    times.ours.push(await timed(ours))
  }
  const [by, with_] = [median(times.alone), median(times.ours)]
  const overhead = with_ / by - 1
  const verdict = overhead <= MAX_OVERHEAD ? '' : `  MORE THAN ${MAX_OVERHEAD * 100} %`
  print(
    `${name.padEnd(24)} sharp ${by.toFixed(0).padStart(5)} ms  upload ${with_.toFixed(0).padStart(5)} ms  overhead ${(overhead * 100).toFixed(1).padStart(6)} %${verdict}`,
  )
}

/** Flat: what one batch took at most, the next ones need no more. */
async function showMemory(ctx: Ctx, account: AccountRow, paths: readonly string[]): Promise<void> {
  print(`resident before: ${mb(process.memoryUsage().rss)} MB`)
  for (let batch = 1; batch <= 6; batch += 1) {
    let peak = 0
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss)
    }, 20)
    const milliseconds = await timed(async () => {
      const uploads = Array.from({ length: AT_ONCE }, (_, index) =>
        upload(ctx, account, paths[index % paths.length] ?? ''),
      )
      await Promise.all(uploads)
    })
    clearInterval(watch)
    const rate = (AT_ONCE / milliseconds) * 1000
    print(
      `${AT_ONCE} uploads at once, batch ${batch}: at most ${mb(peak)} MB, afterwards ${mb(process.memoryUsage().rss)} MB, ${rate.toFixed(1)} a second`,
    )
  }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

function mb(bytes: number): string {
  return (bytes / MB).toFixed(0)
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
