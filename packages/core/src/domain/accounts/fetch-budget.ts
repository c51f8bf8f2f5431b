/**
 * How many requests one thing that came in may cause. Whoever resolves names, keys and parents on its behalf spends
 * from the same purse, so that a server with endless names leads nowhere.
 */
export interface FetchBudget {
  left: number
}

const DEFAULT_FETCHES = 100

export function fetchBudget(fetches = DEFAULT_FETCHES): FetchBudget {
  return { left: fetches }
}

/** Takes one request from the purse; false when it is empty. */
export function spend(budget: FetchBudget | undefined): boolean {
  if (!budget) return true
  if (budget.left <= 0) return false
  budget.left -= 1
  return true
}
