/** @see https://docs.joinmastodon.org/entities/Marker/ */
export interface Marker {
  last_read_id: string
  version: number
  updated_at: string
}

/** The markers asked for, or moved; of a timeline never read there is none. */
export interface Markers {
  home?: Marker
  notifications?: Marker
}
