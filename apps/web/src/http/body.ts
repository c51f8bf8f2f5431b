import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { BadRequestError, PayloadTooLargeError } from '@anancus/core/kernel/errors'
import busboy from 'busboy'
import type { Request } from 'express'
import { emptyHash, ParamCollector, type ParamHash, parseQuery, treeOfJson } from './param-tree.ts'
import type { UploadedFile } from './route.ts'

export interface Body {
  params: ParamHash
  files: Record<string, UploadedFile>
}

const MAX_TEXT_BYTES = 1024 * 1024
const MAX_PARTS = 1000
const MAX_FILES = 10
const METHODS_WITHOUT_BODY = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Reads a body of any encoding Rails accepts into one tree. Other content types are not read: they carry no parameters.
 *
 * @param uploads file fields that are kept and their largest size in bytes; other files are thrown away as they come
 * @throws BadRequestError malformed JSON, escapes or UTF-8, a body that ends early
 * @throws PayloadTooLargeError more than 1 MiB besides files, or a file above its limit
 */
export async function readBody(req: Request, uploads: Record<string, number> = {}): Promise<Body> {
  if (METHODS_WITHOUT_BODY.has(req.method)) return { params: emptyHash(), files: {} }
  const type = (req.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  if (type === 'multipart/form-data') return readMultipart(req, uploads)
  if (isJson(type)) return { params: parseJson(await readText(req)), files: {} }
  if (type === 'application/x-www-form-urlencoded' || type === '')
    return { params: parseQuery(await readText(req)).root, files: {} }
  return { params: emptyHash(), files: {} }
}

function isJson(type: string): boolean {
  return type === 'application/json' || type === 'text/x-json' || /^application\/[\w.-]+\+json$/.test(type)
}

function parseJson(text: string): ParamHash {
  if (text.trim() === '') return emptyHash()
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw new BadRequestError('Malformed JSON', error)
  }
  return treeOfJson(json)
}

async function readText(req: Request): Promise<string> {
  if (Number(req.headers['content-length'] ?? 0) > MAX_TEXT_BYTES) throw new PayloadTooLargeError()
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of req as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > MAX_TEXT_BYTES) throw new PayloadTooLargeError()
    chunks.push(chunk)
  }
  return decodeUtf8(Buffer.concat(chunks))
}

function decodeUtf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw new BadRequestError('Invalid encoding of a parameter', error)
  }
}

async function readMultipart(req: Request, uploads: Record<string, number>): Promise<Body> {
  const collector = new ParamCollector()
  const files: Record<string, UploadedFile> = {}
  const writes: Promise<void>[] = []
  let failure: unknown
  const fail = (error: unknown) => {
    failure ??= error
  }
  const parser = createParser(req, uploads)
  parser.on('field', (name, value, info) => {
    try {
      if (info.nameTruncated || info.valueTruncated) throw new PayloadTooLargeError()
      // busboy puts U+FFFD where the bytes were no UTF-8; nobody means to send it.
      if (value.includes('�') || name.includes('�'))
        throw new BadRequestError('Invalid encoding of a parameter')
      collector.add(name, value)
    } catch (error) {
      fail(error)
    }
  })
  parser.on('file', (name, stream, info) => {
    const limit = uploads[name]
    if (limit === undefined || files[name] || failure || !info.filename) return void stream.resume()
    const file = { path: temporaryPath(), filename: info.filename, contentType: info.mimeType, bytes: 0 }
    files[name] = file
    writes.push(store(stream, file, limit).catch(fail))
  })
  for (const event of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const)
    parser.on(event, () => fail(new PayloadTooLargeError('Too many parts')))
  try {
    await pipeline(req, parser)
  } catch (error) {
    fail(new BadRequestError('Malformed multipart body', error))
  }
  await Promise.all(writes)
  if (failure) {
    await removeFiles(files)
    throw failure
  }
  return { params: collector.root, files }
}

function createParser(req: Request, uploads: Record<string, number>): busboy.Busboy {
  try {
    return busboy({
      headers: req.headers,
      defParamCharset: 'utf8',
      limits: {
        fieldSize: MAX_TEXT_BYTES,
        fields: MAX_PARTS,
        parts: MAX_PARTS + MAX_FILES,
        files: MAX_FILES,
        // One byte more than allowed, so that a file of just the limit is not taken for a cut one.
        fileSize: Math.max(0, ...Object.values(uploads)) + 1,
      },
    })
  } catch (error) {
    throw new BadRequestError('Malformed multipart body', error)
  }
}

async function store(stream: Readable, file: UploadedFile, limit: number): Promise<void> {
  stream.on('data', (chunk: Buffer) => {
    file.bytes += chunk.length
  })
  await pipeline(stream, createWriteStream(file.path, { mode: 0o600 }))
  if (file.bytes > limit) throw new PayloadTooLargeError()
}

function temporaryPath(): string {
  return join(tmpdir(), `anancus-upload-${randomUUID()}`)
}

/** Removes what `readBody` wrote; files that were moved away meanwhile are no error. */
export async function removeFiles(files: Record<string, UploadedFile>): Promise<void> {
  await Promise.all(Object.values(files).map((file) => rm(file.path, { force: true })))
}
