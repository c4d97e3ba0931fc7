import type { Settings } from '../model/configuration.js'
import type { Property } from '../model/recommendation.js'

export interface DescribedChange {
  readonly property: Property
  readonly groupName: string
  readonly from: Settings
  readonly to: Settings
  readonly costSavingsPercent?: number
  readonly instanceType?: string
}

/**
 * One sentence for the table and the terminal, in the shape of the specification's sample.
 * @example describe({ property: 'minSize', groupName: 'shop-web', from: { minSize: 8 }, to: { minSize: 5 }, costSavingsPercent: 29 })
 * // 'Lower the minimum of shop-web from 8 to 5 for 29% savings'
 */
export function describe(change: DescribedChange): string {
  const { property, groupName, from, to } = change
  const gain = change.costSavingsPercent === undefined ? '' : ` for ${Math.round(change.costSavingsPercent)}% savings`
  const turn = (key: 'minSize' | 'desiredCapacity' | 'maxSize' | 'targetValue' | 'instanceType') => {
    const before = from[key]
    return before === undefined ? `to ${to[key]}` : `from ${before} to ${to[key]}`
  }
  switch (property) {
    case 'minSize':
      return `Lower the minimum of ${groupName} ${turn('minSize')}${gain}`
    case 'maxSize':
      return `Raise the maximum of ${groupName} ${turn('maxSize')}`
    case 'capacity': {
      const verb = (to.desiredCapacity ?? Number.NaN) < (from.desiredCapacity ?? Number.NaN) ? 'Lower' : 'Raise'
      return `${verb} the capacity of ${groupName} ${turn('desiredCapacity')}${gain}`
    }
    case 'instanceType':
      return `Change the instance type of ${groupName} ${turn('instanceType')}${gain}`
    case 'scalingPolicy':
      return `Change the CPU target of ${groupName} ${turn('targetValue')}${gain}`
    case 'spotMix':
      return `Switch to spot instances (${change.instanceType ?? groupName})${gain}`
    case 'schedule':
      return `Stop ${groupName} in its idle hours${gain}`
    case 'observability':
      return `Switch on the group metrics of ${groupName}`
  }
}
