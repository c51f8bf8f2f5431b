import { memo, useEffect, useRef } from 'react'
import { decodeBlurhash } from './decode.ts'

/** Pixels decoded; the browser's scaling does the rest. */
const SIDE = 24

/** The blurred colours of a picture that is not there yet, or not to be seen. */
export const Blurhash = memo(function Blurhash({ hash }: { hash: string }) {
  const ref = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const pixels = decodeBlurhash(hash, SIDE, SIDE)
    if (pixels) ref.current?.getContext('2d')?.putImageData(new ImageData(pixels, SIDE, SIDE), 0, 0)
  }, [hash])
  return <canvas ref={ref} className="blurhash" width={SIDE} height={SIDE} aria-hidden="true" />
})
