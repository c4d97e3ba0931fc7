/** Members of the CDK's `InstanceClass` that do not bear the family's name. */
const families: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'STANDARD3=m3 STANDARD4=m4 STANDARD5=m5 STANDARD5_NVME_DRIVE=m5d STANDARD5_AMD=m5a',
    'STANDARD5_AMD_NVME_DRIVE=m5ad STANDARD5_HIGH_PERFORMANCE=m5n STANDARD5_NVME_DRIVE_HIGH_PERFORMANCE=m5dn',
    'STANDARD5_HIGH_COMPUTE=m5zn STANDARD6_GRAVITON=m6g STANDARD6_INTEL=m6i STANDARD6_INTEL_NVME_DRIVE=m6id',
    'STANDARD6_INTEL_HIGH_PERFORMANCE=m6in STANDARD6_INTEL_NVME_DRIVE_HIGH_PERFORMANCE=m6idn',
    'STANDARD6_AMD=m6a STANDARD6_GRAVITON2_NVME_DRIVE=m6gd STANDARD7_GRAVITON=m7g STANDARD8_GRAVITON=m8g',
    'STANDARD7_GRAVITON3_NVME_DRIVE=m7gd STANDARD8_GRAVITON4_NVME_DRIVE=m8gd STANDARD8_INTEL=m8i',
    'STANDARD8_INTEL_FLEX=m8i-flex STANDARD7_INTEL=m7i STANDARD7_INTEL_FLEX=m7i-flex STANDARD7_AMD=m7a',
    'STANDARD8_AMD=m8a STANDARD9_GRAVITON=m9g',
    'MEMORY3=r3 MEMORY4=r4 MEMORY5=r5 MEMORY6_AMD=r6a MEMORY6_INTEL=r6i MEMORY6_INTEL_NVME_DRIVE=r6id',
    'MEMORY6_INTEL_HIGH_PERFORMANCE=r6in MEMORY6_INTEL_NVME_DRIVE_HIGH_PERFORMANCE=r6idn',
    'MEMORY5_HIGH_PERFORMANCE=r5n MEMORY5_NVME_DRIVE=r5d MEMORY5_NVME_DRIVE_HIGH_PERFORMANCE=r5dn',
    'MEMORY5_AMD=r5a MEMORY5_AMD_NVME_DRIVE=r5ad MEMORY5_EBS_OPTIMIZED=r5b MEMORY6_GRAVITON=r6g',
    'MEMORY6_GRAVITON2_NVME_DRIVE=r6gd MEMORY7_GRAVITON=r7g MEMORY7_GRAVITON3_NVME_DRIVE=r7gd',
    'MEMORY7_INTEL_BASE=r7i MEMORY7_INTEL=r7iz MEMORY8_INTEL_BASE=r8i MEMORY8_INTEL_FLEX=r8i-flex',
    'MEMORY7_AMD=r7a MEMORY8_AMD=r8a MEMORY8_GRAVITON=r8g MEMORY8_GRAVITON4_NVME_DRIVE=r8gd',
    'MEMORY8_GRAVITON4_HIGH_NETWORK_BANDWIDTH=r8gn MEMORY8_GRAVITON4_EBS_OPTIMIZED=r8gb',
    'MEMORY_INTENSIVE_1=x1 MEMORY_INTENSIVE_1_EXTENDED=x1e MEMORY_INTENSIVE_2_GRAVITON2=x2g',
    'MEMORY_INTENSIVE_2_GRAVITON2_NVME_DRIVE=x2gd MEMORY_INTENSIVE_2_XT_INTEL=x2iedn',
    'MEMORY_INTENSIVE_2_INTEL=x2idn MEMORY_INTENSIVE_2_XTZ_INTEL=x2iezn MEMORY_INTENSIVE_8_GRAVITON=x8g',
    'COMPUTE3=c3 COMPUTE4=c4 COMPUTE5=c5 COMPUTE5_NVME_DRIVE=c5d COMPUTE5_AMD=c5a',
    'COMPUTE5_AMD_NVME_DRIVE=c5ad COMPUTE5_HIGH_PERFORMANCE=c5n COMPUTE6_INTEL=c6i',
    'COMPUTE6_INTEL_NVME_DRIVE=c6id COMPUTE6_INTEL_HIGH_PERFORMANCE=c6in COMPUTE6_AMD=c6a',
    'COMPUTE6_GRAVITON2=c6g COMPUTE7_GRAVITON3=c7g COMPUTE8_GRAVITON4=c8g COMPUTE6_GRAVITON2_NVME_DRIVE=c6gd',
    'COMPUTE7_GRAVITON3_NVME_DRIVE=c7gd COMPUTE8_GRAVITON4_NVME_DRIVE=c8gd',
    'COMPUTE6_GRAVITON2_HIGH_NETWORK_BANDWIDTH=c6gn COMPUTE7_GRAVITON3_HIGH_NETWORK_BANDWIDTH=c7gn',
    'COMPUTE8_GRAVITON4_HIGH_NETWORK_BANDWIDTH=c8gn COMPUTE7_INTEL=c7i COMPUTE7_INTEL_FLEX=c7i-flex',
    'COMPUTE8_INTEL=c8i COMPUTE8_INTEL_FLEX=c8i-flex COMPUTE7_AMD=c7a COMPUTE8_AMD=c8a',
    'STORAGE2=d2 STORAGE3=d3 STORAGE3_ENHANCED_NETWORK=d3en STORAGE_COMPUTE_1=h1 STORAGE4_GRAVITON=i4g',
    'STORAGE4_GRAVITON_NETWORK_OPTIMIZED=im4gn STORAGE4_GRAVITON_NETWORK_STORAGE_OPTIMIZED=is4gen',
    'STORAGE7_INTEL_STORAGE_OPTIMIZED=i7ie STORAGE8_GRAVITON=i8g STORAGE8_GRAVITON_STORAGE_OPTIMIZED=i8ge',
    'TRAINING_ACCELERATOR1=trn1 TRAINING_ACCELERATOR1_ENHANCED_NETWORK=trn1n TRAINING_ACCELERATOR2=trn2',
    'TRAINING_ACCELERATOR2_ULTRASERVER=trn2u',
    'IO3=i3 IO3_DENSE_NVME_DRIVE=i3en IO4_INTEL=i4i IO7_INTEL=i7i',
    'BURSTABLE2=t2 BURSTABLE3=t3 BURSTABLE3_AMD=t3a BURSTABLE4_GRAVITON=t4g',
    'GRAPHICS3_SMALL=g3s GRAPHICS3=g3 GRAPHICS4_NVME_DRIVE_HIGH_PERFORMANCE=g4dn',
    'GRAPHICS4_AMD_NVME_DRIVE=g4ad GRAPHICS5=g5 GRAPHICS5_GRAVITON2=g5g GRAPHICS6=g6 GRAPHICS6_EFFICIENT=g6e',
    'GRAPHICS7_EFFICIENT=g7e GRAPHICS_RAM_6=gr6',
    'PARALLEL2=p2 PARALLEL3=p3 PARALLEL3_NVME_DRIVE_HIGH_PERFORMANCE=p3dn PARALLEL4_NVME_DRIVE_EXTENDED=p4de',
    'PARALLEL4=p4d PARALLEL5=p5',
    'ARM1=a1',
    'HIGH_COMPUTE_MEMORY1=z1d',
    'INFERENCE1=inf1 INFERENCE2=inf2',
  ].flatMap((line) => line.split(' ').map((pair) => pair.split('=', 2) as [string, string])),
)

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
  const many = /^XLARGE(\d+)$/.exec(member)?.[1]
  if (many !== undefined) return `${many}xlarge`
  if (/^(NANO|MICRO|SMALL|MEDIUM|LARGE|XLARGE|METAL)$/.test(member)) return member.toLowerCase()
  const metal = /^XLARGE(\d+)METAL$/.exec(member)?.[1]
  return metal === undefined ? undefined : `metal-${metal}xl`
}

/** The member of `InstanceSize` for a size. */
export function sizeMember(size: string): string | undefined {
  const many = /^(\d+)xlarge$/.exec(size)?.[1]
  const metal = /^metal-(\d+)xl$/.exec(size)?.[1]
  const member =
    many === undefined ? (metal === undefined ? size.toUpperCase() : `XLARGE${metal}METAL`) : `XLARGE${many}`
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
