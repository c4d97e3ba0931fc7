/** A repository's text: path → text, paths relative to the repository root, '/' separated. */
export type FileSet = ReadonlyMap<string, string>

/** The properties of a group that an edit may change. */
export type EditableProperty =
  | 'minSize'
  | 'maxSize'
  | 'desiredCapacity'
  | 'instanceType'
  | 'spotMix'
  | 'targetValue'
  | 'schedule'

/** The ways of writing infrastructure down that Trimtab knows by name; not every one of them can be edited yet. */
export type CodeFormat =
  | 'terraform'
  | 'terragrunt'
  | 'cloudformation-yaml'
  | 'cloudformation-json'
  | 'cdk-ts'
  | 'pulumi-ts'
  | 'pulumi-yaml'
  | 'beanstalk'
  | 'values-yaml'

/** Every reason for not editing, each with the sentence a reader sees. */
export const refusalSentences = {
  computed: 'the value is computed by an expression',
  'shared-by-several-groups': 'the value belongs to several groups or environments',
  'shared-by-several-properties': 'the value feeds more than this one property',
  'several-candidates': 'the environment, branch or variable file is not known, and several values are possible',
  'external-value':
    'the value comes from outside the code (state, data source, parameter store or process environment)',
  'no-default': 'the value is given outside the repository',
  ignored: 'the code ignores changes of this attribute',
  generated: 'the file is generated; its source has to change',
  overridden: 'another value in the code wins over this one',
  constraint: 'the code forbids the new value',
  inconsistent: 'minimum, desired and maximum would contradict each other',
  drift: 'the live value is not the one in the code',
  absent: 'the attribute is not set in the code',
  'no-change': 'the code holds the wanted value already',
  'not-found': 'the definition was not found in the repository',
  'duplicate-address': 'the address is defined more than once',
  unparseable: 'a file that decides the value cannot be parsed',
  'too-large': 'a file is too large or too deeply nested to be read safely',
  architecture: 'the new type has another processor architecture, and the image would have to follow',
  unproved: 'the edit could not be proved by a second parser',
  'unsupported-format': 'this format is not edited yet',
  'unsupported-language': 'this programming language is not edited',
  'unsupported-property': 'this property is not edited yet',
} as const satisfies Readonly<Record<string, string>>

/** One of the closed list of reasons for not editing. */
export type RefusalReason = keyof typeof refusalSentences

/** A line of code worth showing: `line` starts at 1, `text` has no line end. */
export interface CodeSite {
  readonly file: string
  readonly line: number
  readonly text: string
}

/**
 * Where a group is defined. `address` is a Terraform address, or a CloudFormation logical id (`NestedStack/LogicalId`);
 * `rootModule` is the folder where Terraform runs, '' for the repository root.
 */
export interface GroupAddress {
  readonly kind: 'found'
  readonly format: CodeFormat
  readonly file: string
  readonly line: number
  readonly address: string
  readonly rootModule: string
}

/** A value as code holds it. */
export type CodeScalar = string | number | boolean

/** What to change: a plain value, or for `spotMix` only the keys that change (`override` names one instance type). */
export type EditValue = CodeScalar | Readonly<Record<string, CodeScalar>>

/** What the caller knows about the deployment; each absent field means unknown. Paths are relative to the repository root. */
export interface EditContext {
  readonly environment?: string
  readonly environments?: readonly string[]
  readonly workspace?: string
  readonly variables?: Readonly<Record<string, CodeScalar>>
  readonly varFiles?: readonly string[]
  readonly template?: string
  readonly stackParameters?: Readonly<Record<string, CodeScalar>> | 'unknown'
  readonly parameterFiles?: readonly string[]
  readonly region?: string
  readonly stack?: string
  readonly stackConfig?: Readonly<Record<string, CodeScalar>> | 'unknown'
  readonly cdkContext?: Readonly<Record<string, CodeScalar>>
  readonly policy?: string
  readonly schedule?: string
  readonly file?: string
  readonly object?: string
  readonly path?: string
  /** Places in a values file, for several properties; `path` serves any. */
  readonly paths?: Readonly<Partial<Record<EditableProperty, string>>>
  readonly generatedPaths?: readonly string[]
}

/** One replaced range. `range` is in UTF-16 units of the old text, `before` and `after` are whole lines without line end. */
export interface ValueEdit {
  readonly file: string
  readonly line: number
  readonly range: readonly [number, number]
  readonly oldText: string
  readonly newText: string
  readonly before: string
  readonly after: string
}

/** Why nothing is edited; `hint` says what to change by hand, with file:line and the value to type. */
export interface Refused {
  readonly kind: 'refused'
  readonly reason: RefusalReason
  readonly sites: readonly CodeSite[]
  readonly hint: string
}

/** A finished edit: `files` holds the new text of changed files only, `trail` the way from the attribute to the value. */
export interface Edited {
  readonly kind: 'edited'
  readonly edits: readonly ValueEdit[]
  readonly files: FileSet
  readonly trail: readonly CodeSite[]
  readonly where: string
}

/** The answer to the wish to change one value in code. */
export type EditOutcome = Edited | Refused
