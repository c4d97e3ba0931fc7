/** A state machine in Amazon States Language, as far as ours uses it. */
export interface Machine {
  readonly StartAt: string
  readonly States: Readonly<Record<string, State>>
}

// biome-ignore lint/suspicious/noExplicitAny: the language's own JSON
type State = Readonly<Record<string, any>> & { readonly Type: string }
type Json = unknown

/** Answers a call of a function; a throw is a failed task. */
export type Answer = (functionArn: string, payload: Json) => Json

/**
 * Runs a machine with JSONPath, without waiting and without retries. A distributed map's item that fails is left out as
 * long as every failure is tolerated. Throws on whatever it does not understand.
 */
export async function runStateMachine(machine: Machine, input: Json, answer: Answer): Promise<Json> {
  let name: string | undefined = machine.StartAt
  let data = input
  while (name !== undefined) {
    const state: State | undefined = machine.States[name]
    if (!state) throw new Error(`running a state machine: no state ${name}`)
    if (state.Type === 'Choice') {
      name = state.Choices.find((rule: State) => holds(rule, data))?.Next ?? state.Default
      continue
    }
    data = await step(state, data, answer)
    name = state.End === true || state.Type === 'Succeed' ? undefined : state.Next
  }
  return data
}

async function step(state: State, data: Json, answer: Answer): Promise<Json> {
  switch (state.Type) {
    case 'Succeed':
      return data
    case 'Pass':
      return state.Parameters ? filled(state.Parameters, data) : data
    case 'Task': {
      const { FunctionName, Payload } = filled(state.Parameters, data) as Record<string, Json>
      return shaped(state, data, { Payload: await answer(String(FunctionName), Payload) })
    }
    case 'Map':
      return shaped(state, data, await eachItem(state, data, answer))
    default:
      throw new Error(`running a state machine: ${state.Type} is not understood`)
  }
}

async function eachItem(state: State, data: Json, answer: Answer): Promise<readonly Json[]> {
  const items = at(state.ItemsPath, data) as readonly Json[]
  const done: Json[] = []
  for (const item of items) {
    const input = state.ItemSelector ? filled(state.ItemSelector, data, item) : item
    try {
      done.push(await runStateMachine(state.ItemProcessor, input, answer))
    } catch (error) {
      if (state.ToleratedFailurePercentage !== 100) throw error
    }
  }
  return done
}

/** ResultSelector, ResultPath and OutputPath, in this order. */
function shaped(state: State, data: Json, result: Json): Json {
  const chosen = state.ResultSelector ? filled(state.ResultSelector, result) : result
  if (state.ResultPath === null) return data
  if (state.ResultPath !== undefined) return { ...(data as object), [state.ResultPath.slice(2)]: chosen }
  return state.OutputPath === undefined ? chosen : at(state.OutputPath, chosen)
}

function holds(rule: State, data: Json): boolean {
  if (rule.And) return rule.And.every((one: State) => holds(one, data))
  const value = at(rule.Variable, data)
  if (rule.IsPresent !== undefined) return (value !== undefined) === rule.IsPresent
  if (rule.NumericLessThan !== undefined) return (value as number) < rule.NumericLessThan
  throw new Error(`running a state machine: the rule ${JSON.stringify(rule)} is not understood`)
}

/** A template with its `.$` members filled from the data. */
function filled(template: Json, data: Json, item?: Json): Json {
  if (typeof template !== 'object' || template === null) return template
  return Object.fromEntries(
    Object.entries(template).map(([key, value]) =>
      key.endsWith('.$') ? [key.slice(0, -2), selected(value, data, item)] : [key, filled(value, data, item)],
    ),
  )
}

function selected(expression: string, data: Json, item: Json): Json {
  if (expression === '$$.Map.Item.Value') return item
  const [, path, more] = /^States\.MathAdd\((\$[^,]*), (\d+)\)$/.exec(expression) ?? []
  if (path !== undefined) return (at(path, data) as number) + Number(more)
  const value = at(expression, data)
  if (value === undefined) throw new Error(`running a state machine: ${expression} is not in ${JSON.stringify(data)}`)
  return value
}

/** The value at a reference path: `$`, `$.a.b` or `$.a[0]`. */
function at(path: string, data: Json): Json {
  const steps = path.slice(1).match(/[^.[\]]+/g) ?? []
  return steps.reduce<Json>((value, key) => (value as Record<string, Json> | undefined)?.[key], data)
}
