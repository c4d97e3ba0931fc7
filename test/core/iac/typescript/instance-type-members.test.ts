import { describe, expect, test } from '@jest/globals'
import { InstanceClass, InstanceSize, InstanceType } from 'aws-cdk-lib/aws-ec2'
import {
  familyMember,
  familyOf,
  pulumiTypeMember,
  pulumiTypeOf,
  sizeMember,
  sizeOf,
} from '../../../../src/core/iac/typescript/instance-type-members.js'

const classes = Object.entries(InstanceClass)
const sizes = Object.entries(InstanceSize)
const typeOf = (family: InstanceClass, size: InstanceSize) => InstanceType.of(family, size).toString().split('.')

describe('the members of an instance type', () => {
  test('mean the families that the library gives them, or are not known', () => {
    const known = classes.flatMap(([member, value]) => {
      const family = familyOf(member)
      return family === undefined ? [] : [[member, family, typeOf(value, InstanceSize.LARGE)[0]]]
    })
    expect(known.filter(([, ours, theirs]) => ours !== theirs)).toEqual([])
    expect(known.length).toBeGreaterThan(250)
  })

  test('mean the sizes that the library gives them', () => {
    for (const [member, value] of sizes) expect(sizeOf(member)).toBe(typeOf(InstanceClass.M5, value)[1])
  })

  test('are written so that the library knows them', () => {
    for (const [member, value] of classes) {
      const [family = ''] = typeOf(value, InstanceSize.LARGE)
      for (const manner of ['M5', 'STANDARD5']) {
        const written = familyMember(family, manner)
        if (written !== undefined && familyOf(member) !== undefined) expect(familyOf(written)).toBe(family)
      }
    }
    for (const [, value] of sizes)
      expect(Object.keys(InstanceSize)).toContain(sizeMember(typeOf(InstanceClass.M5, value)[1] ?? ''))
  })

  test('keep the manner in which they are written', () => {
    expect(familyMember('t4g', 'BURSTABLE3')).toBe('BURSTABLE4_GRAVITON')
    expect(familyMember('t4g', 'T3')).toBe('T4G')
    expect(familyMember('m7i-flex', 'M5')).toBe('M7I_FLEX')
    expect(familyMember('mac2-m2pro', 'M5')).toBeUndefined()
    expect(sizeMember('96giant')).toBeUndefined()
  })

  test.each([
    ['T3_Micro', 't3.micro'],
    ['M5_2XLarge', 'm5.2xlarge'],
    ['C6i_XLarge', 'c6i.xlarge'],
  ])('of Pulumi: %s', (member, type) => {
    expect(pulumiTypeOf(member)).toBe(type)
    expect(pulumiTypeOf(pulumiTypeMember(type) ?? '')).toBe(type)
  })
})
