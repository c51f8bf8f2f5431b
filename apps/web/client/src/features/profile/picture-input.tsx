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
  const [preview, setPreview] = useState<string | null>(null)
  useEffect(() => () => URL.revokeObjectURL(preview ?? ''), [preview])
  const show = (file: File | undefined) => setPreview(file ? URL.createObjectURL(file) : null)
  return (
    <label className={`picture picture-${name}`}>
      <img src={preview ?? current} alt="" />
      <span className="picture-words">
        <Camera size={18} aria-hidden="true" />
        {label}
      </span>
      <input
        type="file"
        name={name}
        className="unseen"
        accept="image/png,image/jpeg,image/gif,image/webp"
        onChange={(event) => show(event.target.files?.[0])}
      />
    </label>
  )
}
