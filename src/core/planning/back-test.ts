import type { BackTest } from '../model/back-test.js'
import type { Configuration, Settings } from '../model/configuration.js'
import { type Hold, hold } from '../model/hold.js'
import { timeOf } from '../model/series.js'
import { numberAt } from './demand.js'
import { type Evaluation, evaluate } from './evaluate.js'
import { responseAtLoad } from './response-at-load.js'
import { type Safety, safetyOf } from './safety.js'
import { type Study, type StudyInput, studyOf } from './study.js'

export interface BackTestAnswer {
  readonly today: BackTest
  readonly proposed: BackTest
  readonly safe: Safety
}

/** Replays today's configuration and the one with `settings` over it: the table of a page, for any value. */
export function backTest(input: StudyInput & { readonly settings: Settings }): BackTestAnswer | Hold {
  const study = studyOf(input)
  if ('kind' in study) return study
  const configuration = configurationWith(study, input.settings)
  if ('kind' in configuration) return configuration
  const shape = study.catalogue.types.get(configuration.instanceType)
  if (!shape) return hold('unknown-type', `${configuration.instanceType} is not in ${study.catalogue.source}`)
  const today = evaluate(study, study.today, study.shape)
  const proposed = evaluate(study, configuration, shape)
  return {
    today: backTestOf(study, today),
    proposed: backTestOf(study, proposed),
    safe: safetyOf(study, today, proposed),
  }
}

function configurationWith({ today, model }: Study, settings: Settings): Configuration | Hold {
  if (settings.schedule !== undefined || settings.spotMix !== undefined) {
    return hold('unsupported-group', 'schedules and purchase mixes are not replayed yet')
  }
  const { schedule: _schedule, ...known } = settings
  const next: Configuration = { ...today, ...known }
  const scales = model.tracks.length + model.rules.length > 0
  if (next.minSize > next.maxSize || (!scales && next.desiredCapacity > next.maxSize)) {
    return hold('above-max', `minimum ${next.minSize}, desired ${next.desiredCapacity}, maximum ${next.maxSize}`)
  }
  if (!scales && next.desiredCapacity < next.minSize) {
    return hold('above-max', `minimum ${next.minSize} is above the desired capacity ${next.desiredCapacity}`)
  }
  return next
}

/**
 * The figures of a page. CPU, instances, hours and dollars are on the recorded demand; the minutes above 90 % and
 * 100 % and the loss of a zone are on demand × margin.
 */
export function backTestOf(study: Study, evaluation: Evaluation): BackTest {
  const { recorded, stressed, price } = evaluation
  const minutes = study.demand.span.periodSeconds / 60
  const responseTime = responseAtLoad(study.signals, recorded.p995Use)
  return {
    configuration: evaluation.configuration,
    steps: recorded.steps,
    instances: { lowest: recorded.lowest, mean: recorded.mean, highest: recorded.highest },
    cpu: {
      mean: recorded.meanUse,
      p995: recorded.p995Use,
      worst: recorded.worstUse,
      worstAt: timeOf(study.demand.span, recorded.worstStep),
    },
    ...(recorded.memoryWorst !== undefined && { memoryWorst: recorded.memoryWorst }),
    ...(recorded.networkWorst !== undefined && { networkWorst: recorded.networkWorst }),
    ...(responseTime && { responseTime }),
    minutesAbove90: stressed.above90 * minutes,
    minutesAbove100: stressed.above100 * minutes,
    instanceHours: recorded.instanceHours,
    usdPerMonth: evaluation.usdPerMonth,
    price,
    zoneLoss: evaluation.zoneLoss,
    loadToSurvived: study.demand.survivedVcpus > 0 ? recorded.worstVcpus / study.demand.survivedVcpus : 1,
    worstDay: worstDayOf(study, evaluation),
  }
}

const halfHours = 48

/** The UTC day of the highest demand, in 30-minute means; a half hour without demand is undefined. */
function worstDayOf({ demand }: Study, { trajectory, shape }: Evaluation): BackTest['worstDay'] {
  const startMs = Date.parse(demand.span.startAt)
  const periodMs = demand.span.periodSeconds * 1000
  let peak = -1
  let peakStep = 0
  demand.vcpus.forEach((vcpus, step) => {
    if (vcpus > peak) {
      peak = vcpus
      peakStep = step
    }
  })
  const dayStart = Math.floor((startMs + peakStep * periodMs) / 86_400_000) * 86_400_000
  const meanOf = (half: number, value: (step: number) => number): number | undefined => {
    const from = Math.ceil((dayStart + half * 1_800_000 - startMs) / periodMs)
    const until = Math.ceil((dayStart + (half + 1) * 1_800_000 - startMs) / periodMs)
    let sum = 0
    let known = 0
    for (let step = Math.max(0, from); step < Math.min(until, demand.vcpus.length); step++) {
      if (Number.isNaN(numberAt(demand.vcpus, step))) continue
      sum += value(step)
      known++
    }
    return known === 0 ? undefined : sum / known
  }
  const halves = Array.from({ length: halfHours }, (_, half) => half)
  return {
    day: new Date(dayStart).toISOString().slice(0, 10),
    demand: halves.map((half) => meanOf(half, (step) => numberAt(demand.vcpus, step))),
    capacity: halves.map((half) => meanOf(half, (step) => numberAt(trajectory.serving, step) * shape.vcpus)),
  }
}
