import { Camera } from 'lucide-react'
import { useEffect, useState } from 'react'

/** Chooses a picture and shows it before it is sent. */
export function PictureInput({
  name,
  label,
  current,
}: {
  name: 'avatar' | 'header'
  label: string
  current: string
}) {
  const [chosen, choose] = useState<File | null>(null)
  const [preview, setPreview] = useState(current)
  useEffect(() => {
    if (!chosen) return setPreview(current)
    const url = URL.createObjectURL(chosen)
    setPreview(url)
    return () => URL.revokeObjectURL(url)
  }, [chosen, current])
  return (
    <label className={`picture picture-${name}`}>
      <img src={preview} alt="" />
      <span className="picture-words">
        <Camera size={18} aria-hidden="true" />
        {label}
      </span>
      <input
        type="file"
        name={name}
        className="unseen"
        accept="image/png,image/jpeg,image/gif,image/webp"
        onChange={(event) => choose(event.target.files?.[0] ?? null)}
      />
    </label>
  )
}
