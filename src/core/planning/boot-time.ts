import type { Group } from '../model/group.js'

const fewestLaunches = 3

/**
 * Median seconds from the start of a launch to InService over the group's recorded launches; undefined with fewer than
 * three. It holds boot, lifecycle hooks and health checks, as the scaling activity records them.
 */
export function observedBootSeconds({ activities }: Pick<Group, 'activities'>): number | undefined {
  if (activities.kind === 'unknown') return undefined
  const seconds = activities.value
    .filter(({ statusCode, description }) => statusCode === 'Successful' && description.startsWith('Launching'))
    .flatMap(({ startedAt, endedAt }) =>
      endedAt === undefined ? [] : [(Date.parse(endedAt) - Date.parse(startedAt)) / 1000],
    )
    .filter((duration) => duration >= 1)
    .sort((one, other) => one - other)
  return seconds.length < fewestLaunches ? undefined : seconds[Math.floor(seconds.length / 2)]
}
