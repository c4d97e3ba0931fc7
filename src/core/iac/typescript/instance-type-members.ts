/** Members of the CDK's `InstanceClass` that do not bear the family's name. */
const families: Readonly<Record<string, string>> = {
  STANDARD3: 'm3', STANDARD4: 'm4', STANDARD5: 'm5', STANDARD5_NVME_DRIVE: 'm5d', STANDARD5_AMD: 'm5a',
  STANDARD5_AMD_NVME_DRIVE: 'm5ad', STANDARD5_HIGH_PERFORMANCE: 'm5n', STANDARD5_NVME_DRIVE_HIGH_PERFORMANCE: 'm5dn',
  STANDARD5_HIGH_COMPUTE: 'm5zn', STANDARD6_GRAVITON: 'm6g', STANDARD6_GRAVITON2_NVME_DRIVE: 'm6gd',
  STANDARD6_INTEL: 'm6i', STANDARD6_INTEL_NVME_DRIVE: 'm6id', STANDARD6_AMD: 'm6a', STANDARD7_GRAVITON: 'm7g',
  STANDARD7_GRAVITON3_NVME_DRIVE: 'm7gd', STANDARD7_INTEL: 'm7i', STANDARD7_INTEL_FLEX: 'm7i-flex', STANDARD7_AMD: 'm7a',
  MEMORY3: 'r3', MEMORY4: 'r4', MEMORY5: 'r5', MEMORY5_HIGH_PERFORMANCE: 'r5n', MEMORY5_NVME_DRIVE: 'r5d',
  MEMORY5_NVME_DRIVE_HIGH_PERFORMANCE: 'r5dn', MEMORY5_AMD: 'r5a', MEMORY5_AMD_NVME_DRIVE: 'r5ad',
  MEMORY5_EBS_OPTIMIZED: 'r5b', MEMORY6_GRAVITON: 'r6g', MEMORY6_GRAVITON2_NVME_DRIVE: 'r6gd', MEMORY6_INTEL: 'r6i',
  MEMORY6_AMD: 'r6a', MEMORY7_GRAVITON: 'r7g', MEMORY7_GRAVITON3_NVME_DRIVE: 'r7gd', MEMORY7_INTEL: 'r7i', MEMORY7_AMD: 'r7a',
  COMPUTE3: 'c3', COMPUTE4: 'c4', COMPUTE5: 'c5', COMPUTE5_NVME_DRIVE: 'c5d', COMPUTE5_AMD: 'c5a',
  COMPUTE5_AMD_NVME_DRIVE: 'c5ad', COMPUTE5_HIGH_PERFORMANCE: 'c5n', COMPUTE6_GRAVITON2: 'c6g',
  COMPUTE6_GRAVITON2_NVME_DRIVE: 'c6gd', COMPUTE6_GRAVITON2_HIGH_NETWORK_BANDWIDTH: 'c6gn', COMPUTE6_INTEL: 'c6i',
  COMPUTE6_INTEL_NVME_DRIVE: 'c6id', COMPUTE6_AMD: 'c6a', COMPUTE7_GRAVITON3: 'c7g', COMPUTE7_GRAVITON3_NVME_DRIVE: 'c7gd',
  COMPUTE7_INTEL: 'c7i', COMPUTE7_AMD: 'c7a',
  BURSTABLE2: 't2', BURSTABLE3: 't3', BURSTABLE3_AMD: 't3a', BURSTABLE4_GRAVITON: 't4g',
  STORAGE2: 'd2', STORAGE3: 'd3', STORAGE3_ENHANCED_NETWORK: 'd3en', STORAGE_COMPUTE_1: 'h1',
  IO3: 'i3', IO3_DENSE_NVME_DRIVE: 'i3en', PARALLEL2: 'p2', PARALLEL3: 'p3', GRAPHICS3: 'g3', GRAPHICS4_NVME_DRIVE_HIGH_PERFORMANCE: 'g4dn',
  ARM1: 'a1', HIGH_COMPUTE_MEMORY1: 'z1d',
} // biome-ignore format: a table

const byFamily = new Map(Object.entries(families).map(([member, family]) => [family, member] as const))

/**
 * The family that a member of `InstanceClass` stands for.
 * @example familyOf('BURSTABLE4_GRAVITON') // 't4g'
 * @returns undefined for a member that is not known
 */
export function familyOf(member: string): string | undefined {
  if (Object.hasOwn(families, member)) return families[member]
  return /^[A-Z]{1,3}\d{1,2}[A-Z]{0,3}(_FLEX)?$/.test(member) ? member.toLowerCase().replace('_', '-') : undefined
}

/** The member for a family, in the manner of the one that stands there; undefined where there may be none. */
export function familyMember(family: string, written: string): string | undefined {
  const word = Object.hasOwn(families, written) ? byFamily.get(family) : undefined
  if (word !== undefined) return word
  const member = family.toUpperCase().replace('-', '_')
  return familyOf(member) === family ? member : undefined
}

/**
 * The size that a member of `InstanceSize` stands for.
 * @example sizeOf('XLARGE2') // '2xlarge'
 */
export function sizeOf(member: string): string | undefined {
  const many = /^X?LARGE_?(\d+)$/.exec(member)?.[1] ?? /^XLARGE(\d+)$/.exec(member)?.[1]
  if (many !== undefined) return `${many}xlarge`
  if (/^(NANO|MICRO|SMALL|MEDIUM|LARGE|XLARGE|METAL)$/.test(member)) return member.toLowerCase()
  const metal = /^METAL_(\d+)XL$/.exec(member)?.[1]
  return metal === undefined ? undefined : `metal-${metal}xl`
}

/** The member of `InstanceSize` for a size. */
export function sizeMember(size: string): string | undefined {
  const many = /^(\d+)xlarge$/.exec(size)?.[1]
  const metal = /^metal-(\d+)xl$/.exec(size)?.[1]
  const member = many === undefined ? (metal === undefined ? size.toUpperCase() : `METAL_${metal}XL`) : `XLARGE${many}`
  return sizeOf(member) === size ? member : undefined
}

/**
 * The type that a member of Pulumi's `aws.ec2.InstanceType` stands for.
 * @example pulumiTypeOf('M5_2XLarge') // 'm5.2xlarge'
 */
export function pulumiTypeOf(member: string): string | undefined {
  const found = /^([A-Z]\w{1,8})_((?:\d{1,3})?(?:Nano|Micro|Small|Medium|Large|XLarge|Metal))$/.exec(member)
  const [, family, size] = found ?? []
  return family === undefined || size === undefined ? undefined : `${family.toLowerCase()}.${size.toLowerCase()}`
}

/** The member of Pulumi's `aws.ec2.InstanceType` for a type. */
export function pulumiTypeMember(type: string): string | undefined {
  const [family = '', size = ''] = type.split('.')
  const words: Readonly<Record<string, string>> = { xlarge: 'XLarge' }
  const many = /^(\d*)([a-z]+)$/.exec(size)
  const word =
    many?.[2] === undefined ? undefined : (words[many[2]] ?? many[2].charAt(0).toUpperCase() + many[2].slice(1))
  const member = word === undefined ? undefined : `${family.toUpperCase()}_${many?.[1] ?? ''}${word}`
  return member !== undefined && pulumiTypeOf(member) === type ? member : undefined
}
