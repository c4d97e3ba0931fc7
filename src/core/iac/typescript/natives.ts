import { joined } from '../values.js'
import { on } from './completion.js'
import { asList, itemsOf } from './member.js'
import { branch, merge } from './merge.js'
import { equal, reasonOf, truthOf } from './operators.js'
import {
  allDependencies,
  dependent,
  type ListValue,
  listOf,
  type NativeValue,
  nothing,
  type ProgramValue,
  placesOf,
  plain,
  type ScalarValue,
  unknownValue,
} from './program-values.js'
import { type CallSite, type Run, setItems } from './run.js'

/** A method of the language on a list, text, object or function. */
export function callNative(run: Run, target: NativeValue, args: readonly ProgramValue[], site: CallSite): ProgramValue {
  const { self, name } = target
  if (name === 'apply' && self.kind !== 'function' && args[0]?.kind === 'function')
    return run.steps.invoke(run, args[0], [self], { ...site, index: 'apply' })
  if (self.kind === 'function') return callThrough(run, self, name, args, site)
  if (self.kind === 'list') return onList(run, self, name, args, site)
  if (self.kind === 'scalar' && typeof self.scalar === 'string') return onText(self, self.scalar, name, args, site)
  if (self.kind === 'scalar' && name === 'toString') return { ...self, scalar: String(self.scalar) }
  if (self.kind === 'object' && name === 'hasOwnProperty' && args[0]?.kind === 'scalar' && self.rest === undefined)
    return plain(self.entries.has(String(args[0].scalar)), args[0].dependencies)
  return opaque(run, self, args, site)
}

function opaque(run: Run, self: ProgramValue, args: readonly ProgramValue[], site: CallSite): ProgramValue {
  const dependencies = joined([self, ...args].map(allDependencies))
  visit(run, args, unknownValue(reasonOf(self, ...args), [], dependencies), site)
  return unknownValue(reasonOf(self, ...args), [{ file: site.scope.file, ...site.span }], dependencies)
}

/** Calls what is handed over, once, with what it may be called with: it may define something. */
export function visit(run: Run, args: readonly ProgramValue[], given: ProgramValue, site: CallSite): void {
  for (const [at, arg] of args.entries()) {
    if (arg.kind !== 'function') continue
    const call = () => {
      run.steps.invoke(
        run,
        arg,
        arg.node.parameters.map(() => given),
        { ...site, index: `?${at}` },
      )
      return on
    }
    branch(run, allDependencies(given), [call, () => on])
  }
}

function callThrough(
  run: Run,
  self: ProgramValue & { readonly kind: 'function' },
  name: string,
  args: readonly ProgramValue[],
  site: CallSite,
) {
  const bound = { ...self, self: self.node.arrow ? self.self : args[0] }
  if (name === 'bind') return bound
  if (name === 'call') return run.steps.invoke(run, bound, args.slice(1), site)
  if (name === 'apply') return run.steps.invoke(run, bound, itemsOf(args[1] ?? nothing).items, site)
  return opaque(run, self, args, site)
}

type OnList = (run: Run, self: ListValue, args: readonly ProgramValue[], site: CallSite) => ProgramValue

const listMethods: Readonly<Record<string, OnList>> = {
  forEach: (run, self, args, site) => {
    each(run, self, args[0], site)
    return nothing
  },
  map: (run, self, args, site) => {
    const { items, rest } = each(run, self, args[0], site)
    return listOf(items, rest, self.dependencies)
  },
  flatMap: (run, self, args, site) => {
    const { items, rest } = each(run, self, args[0], site)
    return flatten(listOf(items, rest, self.dependencies))
  },
  flat: (_, self) => flatten(self),
  filter,
  find: (run, self, args, site) => {
    const found = filter(run, self, args, site)
    return found.kind === 'list' && found.rest === undefined
      ? dependent(found.items[0] ?? nothing, allDependencies(self))
      : unknownFrom(self, site)
  },
  concat: (_, self, args) => flatten(listOf([self, ...args.map((arg) => (arg.kind === 'list' ? arg : listOf([arg])))])),
  push: (run, self, args) => {
    const items = self.rest === undefined ? [...self.items, ...args] : self.items
    const rest =
      self.rest && unknownValue(self.rest.reason, self.rest.places, joined([self.rest, ...args].map(allDependencies)))
    setItems(run, self, items, rest)
    return plain(items.length)
  },
  slice: (_, self, [start, end], site) => {
    const range = [start, end].map((one) =>
      one === undefined ? undefined : one.kind === 'scalar' ? Number(one.scalar) : Number.NaN,
    )
    if (self.rest !== undefined || range.some(Number.isNaN)) return unknownFrom(self, site)
    return listOf(self.items.slice(range[0], range[1]), undefined, self.dependencies)
  },
  includes: (run, self, [wanted]) => {
    const answers = self.items.map((item) => equal(run, item, wanted ?? nothing))
    const dependencies = joined([self, wanted ?? nothing].map(allDependencies))
    if (answers.includes(true)) return plain(true, dependencies)
    return self.rest === undefined && !answers.includes(undefined)
      ? plain(false, dependencies)
      : unknownValue('computed', placesOf(self), dependencies)
  },
  join: (_, self, [separator], site) => {
    const texts = self.items.map((item) => (item.kind === 'scalar' ? String(item.scalar) : undefined))
    if (self.rest !== undefined || texts.includes(undefined)) return unknownFrom(self, site)
    const between = separator?.kind === 'scalar' ? String(separator.scalar) : ','
    return { ...plain(texts.join(between).slice(0, 10_000), allDependencies(self)), outside: 'computed' }
  },
  entries: (_, self) =>
    listOf(
      self.items.map((item, at) => listOf([plain(at), item])),
      self.rest,
      self.dependencies,
    ),
  values: (_, self) => self,
  keys: (_, self) =>
    listOf(
      self.items.map((__, at) => plain(at)),
      self.rest,
      self.dependencies,
    ),
}

function onList(run: Run, self: ListValue, name: string, args: readonly ProgramValue[], site: CallSite): ProgramValue {
  const method = Object.hasOwn(listMethods, name) ? listMethods[name] : undefined
  if (method !== undefined) return method(run, self, args, site)
  const sure = ['sort', 'reverse', 'splice', 'pop', 'shift', 'unshift', 'fill'].includes(name)
  const made = opaque(run, self, args, site)
  if (sure && made.kind === 'unknown') setItems(run, self, [], made)
  return made
}

function unknownFrom(self: ProgramValue, site: CallSite): ProgramValue {
  return unknownValue(reasonOf(self), [{ file: site.scope.file, ...site.span }], allDependencies(self))
}

/** Calls a function with each item; `rest` where there may be more. */
function each(run: Run, self: ListValue, callee: ProgramValue | undefined, site: CallSite) {
  const items = self.items.map((item, at) =>
    run.steps.invoke(run, callee ?? nothing, [dependent(item, self.dependencies), plain(at), self], {
      ...site,
      index: at,
    }),
  )
  const { rest } = self
  if (rest === undefined || callee === undefined) return { items, rest: undefined }
  visit(run, [callee], rest, site)
  return { items, rest: unknownValue(rest.reason, rest.places, rest.dependencies) }
}

function filter(run: Run, self: ListValue, args: readonly ProgramValue[], site: CallSite): ProgramValue {
  const { items, rest } = each(run, self, args[0], site)
  const truths = items.map(truthOf)
  if (rest !== undefined || truths.includes(undefined)) {
    const open = unknownValue(reasonOf(...items), placesOf(self), joined([self, ...items].map(allDependencies)))
    return listOf([], rest ?? open)
  }
  return listOf(
    self.items.filter((_, at) => truths[at] === true),
    undefined,
    joined([self.dependencies, ...items.map(allDependencies)]),
  )
}

function flatten(self: ProgramValue): ProgramValue {
  const { items, rest } = itemsOf(self)
  const parts = items.map((item) =>
    item.kind === 'list'
      ? itemsOf(item)
      : item.kind === 'unknown'
        ? { items: [], rest: item }
        : { items: [item], rest: undefined },
  )
  const open = rest ?? parts.find((part) => part.rest !== undefined)?.rest
  if (open === undefined) return listOf(parts.flatMap((part) => part.items))
  return listOf([], unknownValue(open.reason, open.places, allDependencies(self)))
}

type OnText = (text: string, ...args: readonly string[]) => string | number | boolean | readonly string[]

const textMethods: Readonly<Record<string, OnText>> = {
  toLowerCase: (text) => text.toLowerCase(),
  toUpperCase: (text) => text.toUpperCase(),
  trim: (text) => text.trim(),
  startsWith: (text, part = '') => text.startsWith(part),
  endsWith: (text, part = '') => text.endsWith(part),
  includes: (text, part = '') => text.includes(part),
  charAt: (text, at = '0') => text.charAt(Number(at)),
  split: (text, by = '') => text.split(by).slice(0, 1_000),
  substring: (text, from = '0', to = String(text.length)) => text.substring(Number(from), Number(to)),
  slice: (text, from = '0', to = String(text.length)) => text.slice(Number(from), Number(to)),
  concat: (text, ...more) => [text, ...more].join('').slice(0, 10_000),
}

function onText(
  self: ScalarValue,
  text: string,
  name: string,
  args: readonly ProgramValue[],
  site: CallSite,
): ProgramValue {
  const dependencies = joined([self, ...args].map(allDependencies))
  if (name === 'toString' || name === 'valueOf') return self
  const method = Object.hasOwn(textMethods, name) ? textMethods[name] : undefined
  const known = args.flatMap((arg) => (arg.kind === 'scalar' && arg.scalar !== undefined ? [String(arg.scalar)] : []))
  if (method === undefined || known.length !== args.length)
    return unknownValue(reasonOf(self, ...args), [{ file: site.scope.file, ...site.span }], dependencies)
  const made = method(text, ...known)
  if (typeof made === 'object') return listOf(made.map((one) => plain(one, dependencies)))
  if (made === text) return dependent(self, dependencies)
  return { ...plain(made, dependencies), outside: 'computed' }
}

/** One of a list's items: which one is not known. */
export function anyItem(value: ProgramValue): ProgramValue {
  const list = asList(value)
  return list.kind === 'list' ? merge([...list.items, ...(list.rest ? [list.rest] : [])], allDependencies(list)) : list
}
