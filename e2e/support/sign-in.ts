import type { Page } from 'playwright-core'
import type { Instance } from './instance.ts'
import type { Person } from './people.ts'

/** Signs in as a person does: the page, the form, the home timeline. */
export async function signIn(page: Page, instance: Instance, person: Person): Promise<void> {
  await page.goto(`${instance.baseUrl}/auth/sign_in`)
  await page.getByLabel(/e-mail/i).fill(person.email)
  await page.getByLabel(/^password/i).fill(person.password)
  await page.getByRole('button', { name: /^(sign|log) in$/i }).click()
  await page.waitForURL(/\/home$/)
  await page.getByRole('heading', { name: 'Home' }).waitFor()
}
