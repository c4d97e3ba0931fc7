import type { CodeScalar } from '../../model/code.js'
import type { Place } from '../place.js'
import type { Dependencies } from '../values.js'
import type { ProgramPart, ProgramValue } from './program-values.js'

/**
 * A call into a library with what it is given: a construct, a resource, or a method that defines one. `id` is the way of
 * calls that led to it, the same before and after an edit.
 */
export interface Resource {
  readonly id: string
  /** Module and words of what is called (`aws-cdk-lib/aws-autoscaling`, `AutoScalingGroup`); methods have no module. */
  readonly module: string
  readonly words: readonly string[]
  readonly name: ProgramValue | undefined
  /** The name as written, `${}` kept, where it is a template text. */
  readonly nameText: string | undefined
  /** Names from the application down; undefined where the scope is not known. */
  readonly path: readonly string[] | undefined
  readonly args: ProgramValue | undefined
  /** Which of the call's arguments `args` is. */
  readonly argument: number
  readonly options: ProgramValue | undefined
  readonly receiver: Resource | undefined
  readonly place: Place
  /** What the variables around the call are worth. */
  readonly bindings: ReadonlyMap<string, CodeScalar>
  /** Everything it is given, part by part. */
  readonly parts: readonly ProgramPart[]
  /** What decides whether it exists. */
  readonly gate: Dependencies
}

/** A later change of a resource by the program, past its arguments: an assignment or an override by path. */
export interface Override {
  readonly resource: Resource | undefined
  /** The words of the path as far as they are known. */
  readonly path: string
  readonly place: Place
}
