import { readDonationCampaign } from '@anancus/core/domain/instance'
import { isLocale } from '@anancus/core/kernel/i18n/locales'
import { z } from 'zod'
import { integerParam, stringParam } from '../../http/params.ts'
import { nothing, ok } from '../../http/reply.ts'
import { user, userRoute } from '../../http/route.ts'

const SEEDS = 100

/** A call for donations from the service that the operator named, for an app to show. */
export const donationCampaigns = userRoute({
  method: 'get',
  path: '/api/v1/donation_campaigns',
  auth: user(),
  params: z.object({ seed: integerParam, locale: stringParam }),
  answers: z.looseObject({}),
  alsoAnswers: { 204: 'nothing' },
  summary: 'The call for donations that an app may show, if there is one.',
  async handle({ ctx, viewer, params }) {
    const seed = Math.abs(params.seed ?? Number(BigInt(viewer.account.id) % BigInt(SEEDS))) % SEEDS
    const wanted = params.locale ?? viewer.user.locale ?? ''
    const locale = isLocale(wanted) ? wanted : ctx.config.env.DEFAULT_LOCALE
    const campaign = await readDonationCampaign(ctx, seed, locale)
    return campaign ? ok(campaign) : nothing(204)
  },
})
