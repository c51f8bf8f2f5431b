/** The types of the files we keep: a fixed list, so that nothing is ever served as something a browser would run. */
const BY_EXTENSION: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
  mp4: 'video/mp4',
  webm: 'video/webm',
  mov: 'video/quicktime',
  mp3: 'audio/mpeg',
  ogg: 'audio/ogg',
  oga: 'audio/ogg',
  opus: 'audio/ogg',
  flac: 'audio/flac',
  wav: 'audio/wav',
  m4a: 'audio/mp4',
}

const UNKNOWN = 'application/octet-stream'

/** The type a stored file is served with, from its name; anything unexpected is a download. */
export function contentTypeOf(key: string): string {
  return BY_EXTENSION[key.slice(key.lastIndexOf('.') + 1).toLowerCase()] ?? UNKNOWN
}

/** The extension for a type we store, without a dot. */
export function extensionOf(contentType: string): string {
  const found = Object.entries(BY_EXTENSION).find(([, type]) => type === contentType)
  return found?.[0] ?? 'bin'
}
