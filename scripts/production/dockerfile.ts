import { DockerfileParser } from 'dockerfile-ast'

export interface Instruction {
  keyword: string
  /** What stands behind the keyword, continuation lines joined, arguments of the build put in. */
  text: string
  line: number
}

export interface Stage {
  name: string
  /** An earlier stage, or an image. */
  base: string
  instructions: Instruction[]
}

/** The stages of a Dockerfile in order, by name. */
export function parseDockerfile(source: string): Map<string, Stage> {
  const stages = new Map<string, Stage>()
  const globals: Record<string, string> = {}
  let current: Stage | undefined
  for (const instruction of DockerfileParser.parse(source).getInstructions()) {
    const keyword = instruction.getKeyword()
    const text = substitute(argumentsOf(instruction.getTextContent()), globals)
    if (keyword === 'FROM') {
      const [base = '', , name = String(stages.size)] = text.split(/\s+/)
      current = { name, base, instructions: [] }
      stages.set(name, current)
    } else if (keyword === 'ARG' && !current) {
      const [name = '', value = ''] = text.split('=')
      globals[name] = value
    } else current?.instructions.push({ keyword, text, line: instruction.getRange().start.line + 1 })
  }
  return stages
}

/** Flags included; comments between continued lines left out. */
function argumentsOf(content: string): string {
  return content
    .replace(/^\s*\w+\s+/, '')
    .replace(/\n\s*#.*$/gm, '')
    .replace(/\s*\\\n\s*/g, ' ')
    .trim()
}

function substitute(text: string, values: Record<string, string>): string {
  return text.replace(/\$\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
}
