import type { Checks } from '../../ports.js'
import { placeOf, translated } from './code-reader.js'
import type { Octokits } from './octokits.js'

const checkName = 'Trimtab configuration'

/** One check run a commit: it says whether the configuration could be used. The same report twice writes once. */
export function createChecks(octokits: Octokits): Checks {
  return {
    async report(repository, sha, { title, summary, passed }) {
      const octokit = await octokits.for(repository)
      const place = placeOf(repository)
      await translated(`writing the check run of ${repository}`, async () => {
        const { data } = await octokit.checks.listForRef({ ...place, ref: sha, check_name: checkName, per_page: 100 })
        const conclusion = passed ? ('success' as const) : ('failure' as const)
        const latest = data.check_runs[0]
        if (latest?.conclusion === conclusion && latest.output.title === title && latest.output.summary === summary)
          return
        await octokit.checks.create({
          ...place,
          name: checkName,
          head_sha: sha,
          status: 'completed',
          conclusion,
          output: { title, summary },
        })
      })
    },
  }
}
