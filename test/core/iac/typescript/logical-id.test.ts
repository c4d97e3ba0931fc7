import { describe, expect, test } from '@jest/globals'
import { App, CfnResource, Stack } from 'aws-cdk-lib'
import { Construct } from 'constructs'
import fc from 'fast-check'
import { logicalIdOf } from '../../../../src/core/iac/typescript/logical-id.js'

/** The id that the library gives the last construct of a path. */
function given(path: readonly string[]): string {
  const stack = new Stack(new App(), 'S')
  const scope = path.slice(0, -1).reduce<Construct>((around, id) => new Construct(around, id), stack)
  const resource = new CfnResource(scope, path.at(-1) ?? '', { type: 'A::B::C' })
  return stack.resolve(resource.logicalId)
}

const part = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_.-]{0,11}$/)

describe('a logical id', () => {
  test('is the one that the CDK makes of the path', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(part, fc.constantFrom('Default', 'Resource', 'Web', 'WebWeb')), {
          minLength: 1,
          maxLength: 4,
        }),
        (path) => {
          fc.pre(path.some((one) => one !== 'Default'))
          expect(logicalIdOf(path)).toBe(given(path))
        },
      ),
      { numRuns: 60 },
    )
  })
})
