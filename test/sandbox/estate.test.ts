import { describe, expect, it } from '@jest/globals'
import { groupsInCode } from '../../src/sandbox/deployer/groups-in-code.js'
import { readEstateFiles } from '../../src/sandbox/estate/read-estate-files.js'
import { fleet } from '../../src/sandbox/world/scenarios.js'

describe("the demo company's infrastructure code", () => {
  it('declares every group of the fleet with the values it runs with', async () => {
    const inCode = new Map((await groupsInCode(readEstateFiles())).map((group) => [group.name, group]))
    for (const scenario of fleet(1)) {
      expect(inCode.get(scenario.name)).toMatchObject({
        minSize: scenario.minSize,
        maxSize: scenario.maxSize,
        instanceType: scenario.launch.instanceType,
      })
    }
  })
})
