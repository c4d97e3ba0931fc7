import type { CodeScalar } from '../../model/code.js'
import type { Place } from '../place.js'
import { computed, deepDependencies, type Leaf } from '../values.js'
import { attributeOf, blocksOf } from './ast.js'
import { evaluate } from './evaluate.js'
import type { World } from './world.js'

/**
 * The validation of a variable on the way that forbids a value, or that nobody here can decide; undefined when every
 * validation allows it.
 */
export function violatedConstraint(world: World, leaf: Leaf, wanted: CodeScalar): Place | undefined {
  for (const { instancePath, name } of leaf.variables) {
    const instance = world.instances.get(instancePath)
    const [variable] = instance?.module.byName.get(`variable ${name}`) ?? []
    if (instance === undefined || variable === undefined) continue
    for (const validation of blocksOf(variable.body, 'validation')) {
      const condition = attributeOf(validation.body, 'condition')
      if (condition === undefined) continue
      const names = new Map([[`var.${name}`, () => computed(wanted)] as const])
      const answer = evaluate(world, { instance, names }, condition.value)
      if (answer.kind !== 'known' || answer.scalar !== true) return condition.place
    }
  }
  return othersCondition(world, leaf)
}

/** The validation of another variable that compares itself with this value: nobody tries both together here. */
function othersCondition(world: World, leaf: Leaf): Place | undefined {
  const own = new Set(leaf.variables.map(({ instancePath, name }) => `${instancePath}#${name}`))
  for (const instance of world.instances.values()) {
    for (const variable of instance.module.blocks.filter((block) => block.type === 'variable')) {
      if (own.has(`${instance.path}#${variable.labels[0]}`)) continue
      for (const validation of blocksOf(variable.body, 'validation')) {
        const condition = attributeOf(validation.body, 'condition')
        if (condition === undefined) continue
        if (deepDependencies(evaluate(world, { instance }, condition.value)).has(leaf.id)) return condition.place
      }
    }
  }
  return undefined
}
