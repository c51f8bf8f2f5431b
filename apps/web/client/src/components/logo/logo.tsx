import mark from './mark.svg'

/** The mark: a head with the two long tusks that gave Anancus its fame. */
export function Logo({ size = 32 }: { size?: number }) {
  return <img className="logo" src={mark} alt="" width={size} height={size} draggable={false} />
}
