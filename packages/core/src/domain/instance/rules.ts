import { allRules, type RuleWithTranslations } from '@anancus/db/queries/instance'
import type { Rule } from '../../entities/types/index.ts'
import type { Ctx } from '../../kernel/context.ts'

/** The rules of the server, in their order. */
export async function readRules(ctx: Ctx): Promise<Rule[]> {
  return (await allRules(ctx.db)).map(ruleJson)
}

function ruleJson(rule: RuleWithTranslations): Rule {
  return {
    id: rule.id,
    text: rule.text,
    hint: rule.hint,
    translations: Object.fromEntries(
      rule.translations.map(({ language, text, hint }) => [language, { text, hint }]),
    ),
  }
}
