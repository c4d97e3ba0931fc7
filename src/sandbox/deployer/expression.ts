/** Looks up `var.x`, `local.y`, `aws_launch_template.web.id` …; undefined where there is no such value. */
export type Lookup = (path: readonly string[]) => unknown

/**
 * Evaluates the expressions that the demo's own Terraform uses: literals, references, indexing, arithmetic, equality,
 * the conditional, and `${…}` in text. It shares nothing with the code that edits, on purpose: it plays the team's
 * pipeline. Anything else is an error.
 */
export function evaluateText(text: string, lookup: Lookup): unknown {
  const whole = /^\$\{([^{}]*)\}$/.exec(text)
  if (whole) return evaluate(whole[1] as string, lookup)
  return text.replace(/\$\{([^{}]*)\}/g, (_match, inner: string) => String(evaluate(inner, lookup)))
}

const token = /\s*(\d+(?:\.\d+)?|"[^"]*"|[A-Za-z_][\w-]*|==|!=|[()[\].?:*/+-])/y

function tokensOf(source: string): string[] {
  const tokens: string[] = []
  token.lastIndex = 0
  while (token.lastIndex < source.trimEnd().length) {
    const start = token.lastIndex
    const match = token.exec(source)
    if (!match) throw new Error(`deploying: cannot read the expression "${source}" at ${start}`)
    tokens.push(match[1] as string)
  }
  return tokens
}

function evaluate(source: string, lookup: Lookup): unknown {
  const tokens = tokensOf(source)
  const take = (wanted?: string): string => {
    const next = tokens.shift()
    if (next === undefined || (wanted !== undefined && next !== wanted))
      throw new Error(`deploying: cannot read the expression "${source}"`)
    return next
  }
  const conditional = (): unknown => {
    const test = equality()
    if (tokens[0] !== '?') return test
    take('?')
    const yes = conditional()
    take(':')
    const no = conditional()
    return test ? yes : no
  }
  const equality = (): unknown => {
    const left = sum()
    if (tokens[0] !== '==' && tokens[0] !== '!=') return left
    const same = take() === '=='
    return (left === sum()) === same
  }
  const sum = (): unknown => binary(product, ['+', '-'])
  const product = (): unknown => binary(primary, ['*', '/'])
  const binary = (operand: () => unknown, operators: readonly string[]): unknown => {
    let value = operand()
    while (operators.includes(tokens[0] ?? '')) value = calculated(take(), Number(value), Number(operand()))
    return value
  }
  const primary = (): unknown => {
    const next = take()
    if (next === '(') {
      const value = conditional()
      take(')')
      return value
    }
    if (/^\d/.test(next)) return Number(next)
    if (next.startsWith('"')) return next.slice(1, -1)
    if (next === 'true' || next === 'false') return next === 'true'
    return reference([next])
  }
  const reference = (path: string[]): unknown => {
    while (tokens[0] === '.' || tokens[0] === '[') {
      if (take() === '.') path.push(take())
      else {
        path.push(String(conditional()))
        take(']')
      }
    }
    return lookup(path)
  }
  const value = conditional()
  if (tokens.length > 0) throw new Error(`deploying: cannot read the expression "${source}"`)
  return value
}

function calculated(operator: string, left: number, right: number): number {
  if (operator === '+') return left + right
  if (operator === '-') return left - right
  return operator === '*' ? left * right : left / right
}
