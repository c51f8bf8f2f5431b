import { cancel, confirm, isCancel, password, text } from '@clack/prompts'
import { StartError } from '@anancus/core/kernel/errors'
import { type Answers, type Question, questions } from './questions.ts'

/** Asks at the terminal, question by question. */
export async function askEverything(): Promise<Answers> {
  const answers: Answers = {}
  for (const question of questions) {
    answers[question.name] = (question.when?.(answers) ?? true) ? await ask(question) : question.fallback
  }
  return answers
}

async function ask(question: Question): Promise<string> {
  const validate = (value: string | undefined) => question.check?.(value || question.fallback)
  const answer = await (question.kind === 'yes-no'
    ? confirm({ message: question.ask, initialValue: question.fallback === 'true' })
    : question.kind === 'secret'
      ? password({ message: question.ask, validate })
      : text({
          message: question.ask,
          placeholder: question.fallback,
          defaultValue: question.fallback,
          validate,
        }))
  if (isCancel(answer)) {
    cancel('Nothing was written.')
    throw new StartError('Aborted.')
  }
  return String(answer ?? question.fallback)
}
