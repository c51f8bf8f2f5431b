import { Missing } from '../thread/missing.tsx'

/** For an address this client does not know. */
export function NowhereScreen() {
  return <Missing />
}
