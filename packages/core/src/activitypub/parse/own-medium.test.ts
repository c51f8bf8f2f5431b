import { ownMedium } from './own-medium.ts'

const MB = 1024 * 1024
const film = (height: number, more: object = {}) => ({
  type: 'Link',
  mediaType: 'video/mp4',
  href: `https://far.example/${height}.mp4`,
  width: (height * 16) / 9,
  height,
  size: height * 100_000,
  ...more,
})
const streams = (...kinds: string[]) => ({
  attachment: kinds.map((value) => ({ type: 'PropertyValue', name: 'ffprobe_codec_type', value })),
})
const page = { type: 'Link', mediaType: 'text/html', href: 'https://far.example/w/1' }
const chosen = (url: unknown, more: object = {}) => ownMedium({ type: 'Video', url, ...more })?.url

describe('the file of a video', () => {
  it('is the largest of those that are not too large', () => {
    expect(ownMedium({ type: 'Video', url: [page, film(144), film(720), film(360)] })).toEqual({
      url: 'https://far.example/720.mp4',
      mediaType: 'video/mp4',
      width: 1280,
      height: 720,
    })
    expect(chosen([film(360), film(720, { size: 100 * MB })])).toBe('https://far.example/360.mp4')
    expect(chosen([film(360), film(2160, { size: 1 })])).toBe('https://far.example/360.mp4')
    expect(chosen([film(720, { size: 100 * MB })])).toBeUndefined()
  })

  it('is found among the parts of a stream, where sound and picture are together', () => {
    const parts = [
      { type: 'Infohash', name: 'x' },
      film(720, streams('video')),
      film(480, streams('audio', 'video')),
      film(360),
    ]
    const stream = { type: 'Link', mediaType: 'application/x-mpegURL', href: 'https://far.example/m3u8' }
    expect(chosen([page, { ...stream, tag: parts }])).toBe('https://far.example/480.mp4')
    expect(chosen([page, { ...stream, tag: film(0, streams('audio')) }])).toBeUndefined()
  })

  it('is none while it is broadcast, and none that cannot be fetched', () => {
    expect(chosen([film(360)], { isLiveBroadcast: true })).toBeUndefined()
    expect(chosen([film(360, { href: 'magnet:?xt=urn:btih:1' })])).toBeUndefined()
    expect(chosen([film(360, { mediaType: undefined })])).toBeUndefined()
    expect(chosen([film(360, { mediaType: undefined, mimeType: 'video/mp4' })])).toBeDefined()
  })
})

it('a sound and a picture are files too, a page and an article are not', () => {
  const sound = { type: 'Link', mediaType: 'audio/mpeg', href: 'https://far.example/a.mp3' }
  expect(ownMedium({ type: 'Audio', url: [page, sound] })?.url).toBe(sound.href)
  expect(ownMedium({ type: ['Audio', 'x:Episode'], url: sound })?.url).toBe(sound.href)
  const picture = 'https://far.example/a.jpg'
  expect(ownMedium({ type: 'Image', mediaType: 'image/jpeg', url: picture })?.url).toBe(picture)
  expect(ownMedium({ type: 'Image', url: picture })).toBeNull()
  expect(ownMedium({ type: 'Audio', url: [page] })).toBeNull()
  for (const type of ['Article', 'Page', 'Event', 'constructor'])
    expect(ownMedium({ type, mediaType: 'image/jpeg', url: picture })).toBeNull()
})
