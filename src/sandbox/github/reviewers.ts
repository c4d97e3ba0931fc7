import { bodyOf, invalid, problem } from './exchange.js'
import type { Handlers, Stage } from './stage.js'

/** Review requests, which GitHub refuses as a whole when one reviewer has no access or wrote the pull request. */
export function reviewerHandlers(stage: Stage): Handlers {
  return {
    'POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers': async (visit, next) => {
      const { reviewers = [], team_reviewers = [] } = bodyOf(visit.call)
      if (!Array.isArray(reviewers) || !Array.isArray(team_reviewers))
        return invalid('PullRequest', 'invalid', 'reviewers')
      const path = `${visit.home}/pulls/${visit.params.pull_number}`
      const pull = await stage.github.find<{ user: { login: string } }>(path)
      if (reviewers.includes(pull?.user.login))
        return problem(422, 'Review cannot be requested from pull request author.')
      const known = stage.people.filter(({ permission }) => permission !== 'none').map(({ login }) => login)
      if (team_reviewers.length === 0 && reviewers.every((login) => known.includes(login))) return next()
      const repository = visit.home.replace('/repos/', '')
      const who = 'One or more of the users or teams you specified is not a collaborator of the'
      return problem(422, `Reviews may only be requested from collaborators. ${who} ${repository} repository.`)
    },
  }
}
