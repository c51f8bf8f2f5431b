/** @see https://docs.joinmastodon.org/entities/Admin_Measure/ */
export interface AdminMeasure {
  key: string
  unit: string | null
  total: string
  /** Of measures with a unit. */
  human_value?: string
  /** Of measures that count what happened in the time asked for. */
  previous_total?: string
  data: { date: string; value: string }[]
}

/** @see https://docs.joinmastodon.org/entities/Admin_Dimension/ */
export interface AdminDimension {
  key: string
  data: {
    key: string
    human_key: string
    value: string
    unit?: string
    human_value?: string
  }[]
}

/** @see https://docs.joinmastodon.org/entities/Admin_Cohort/ */
export interface AdminCohort {
  period: string
  frequency: 'day' | 'month'
  data: { date: string; rate: number; value: string }[]
}
