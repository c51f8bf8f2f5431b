import { stat } from 'node:fs/promises'
import type { Ctx } from '../../kernel/context.ts'
import { ValidationError } from '../../kernel/errors.ts'
import { MAX_IMAGE_BYTES } from './limits.ts'

/** What a picture is stored as. AVIF and HEIC become JPEG, which everything shows. */
const STORED_AS = {
  'image/jpeg': 'jpeg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/avif': 'jpeg',
  'image/heic': 'jpeg',
} as const
export type ImageType = keyof typeof STORED_AS
export type StoredFormat = (typeof STORED_AS)[ImageType]

/** How the decoder calls the type of a file: it must see what we saw. */
export const DECODER_FORMATS: Readonly<Record<ImageType, string>> = {
  'image/jpeg': 'jpeg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/avif': 'heif',
  'image/heic': 'heif',
}

/** Brands of the same container: what is in it shows when it is opened. */
const ALIASES: Readonly<Record<string, ImageType>> = {
  'image/heif': 'image/heic',
  'image/heic-sequence': 'image/heic',
  'image/heif-sequence': 'image/heic',
}

export interface IdentifiedImage {
  path: string
  type: ImageType
  storedAs: StoredFormat
}

/**
 * Says what kind of picture a file is, by its first bytes alone: neither its name nor what the sender claims counts.
 * No decoder has seen it yet.
 *
 * @throws ValidationError not one of the pictures we take, or too large
 */
export async function identifyImage(
  { config }: Pick<Ctx, 'config'>,
  path: string,
  maxBytes = MAX_IMAGE_BYTES,
): Promise<IdentifiedImage> {
  const { fileTypeFromFile } = await import('file-type')
  const found = await fileTypeFromFile(path)
  if (!found) throw unverified()
  const type = ALIASES[found.mime] ?? found.mime
  if (!isImageType(type) || isRefused(config, type)) throw invalidType()
  const { size } = await stat(path)
  if (size > maxBytes) throw ValidationError.failed(`File must be less than ${maxBytes / (1024 * 1024)} MB`)
  return { path, type, storedAs: STORED_AS[type] }
}

/** A file that says nothing about itself, or whose inside is not what its first bytes said. */
export function unverified(): ValidationError {
  return new ValidationError('File type of uploaded media could not be verified')
}

/** A file of a kind that does not belong there. */
export function invalidType(): ValidationError {
  return ValidationError.failed('File content type is invalid', 'File is invalid')
}

/** Whether the operator switched a decoder off: `webp` and `image/webp` both say so. */
function isRefused({ env }: Ctx['config'], type: ImageType): boolean {
  return env.REFUSED_IMAGE_TYPES.some((name) => name === type || `image/${name}` === type)
}

function isImageType(type: string): type is ImageType {
  return Object.hasOwn(STORED_AS, type)
}
