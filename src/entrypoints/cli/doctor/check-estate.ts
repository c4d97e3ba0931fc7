import { faultText } from '../../../config/config-fault.js'
import { TrimtabError } from '../../../core/model/errors.js'
import type { Deps } from '../../../workflows/deps.js'
import type { Estate, Repository } from '../../../workflows/estate/estate.js'
import { configPath, readEstate } from '../../../workflows/estate/read-estate.js'
import { type Check, fail, ok, warn } from './check.js'

/** GitHub: credentials, repositories, and each one's configuration. */
export async function estateChecks(deps: Pick<Deps, 'host' | 'journal' | 'homeRepository'>): Promise<readonly Check[]> {
  if (!deps.host) {
    const mend = 'Set APP_ID and PRIVATE_KEY, or GITHUB_TOKEN and TRIMTAB_REPOSITORY, for pull requests.'
    return [warn('GitHub', 'no credentials: advice is recorded and reported only', mend)]
  }
  try {
    return estateRows(await readEstate(deps, deps.homeRepository))
  } catch (error) {
    return [fail('GitHub', error)]
  }
}

function estateRows(estate: Estate): readonly Check[] {
  const { repositories, unreadable, home } = estate
  const count = repositories.length + unreadable.length
  const reached =
    count === 0
      ? warn(
          'GitHub',
          'the App is installed on no repository',
          'Install it on the repositories of your infrastructure code.',
        )
      : ok('GitHub', `${count} ${count === 1 ? 'repository' : 'repositories'}`)
  const homeless = warn(
    'home repository',
    'several repositories and none is named as home: there is no weekly issue',
    'Set homeRepository in one of them, or TRIMTAB_HOME_REPOSITORY.',
  )
  return [
    reached,
    ...unreadable.map(({ repository, why }) => fail(repository, new TrimtabError('unreachable', why))),
    ...repositories.map(configurationCheck),
    ...(home === undefined && repositories.length > 1 ? [homeless] : []),
  ]
}

function configurationCheck({ name, config, faults }: Repository): Check {
  if (faults.length > 0) {
    const lines = faults.map((fault) => faultText(configPath, fault))
    return fail(name, new TrimtabError('configuration', lines.join('\n')))
  }
  if (config) return ok(name, `${configPath} is valid, mode ${config.mode ?? 'by environment'}`)
  return warn(name, `no ${configPath}: every group is only observed`, `Add ${configPath} with \`mode: propose\`.`)
}
