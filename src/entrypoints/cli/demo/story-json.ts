import { company, type Sandbox } from '../../../sandbox/start-sandbox.js'
import { appliedRows, passDocument } from '../pass-document.js'
import type { Story } from './tell-story.js'

/** The state at the end of the story, sorted by groupKey, id and number: the same for the same seed. */
export async function storyJson(sandbox: Sandbox, story: Story): Promise<unknown> {
  const { groups, recommendations, decisions } = passDocument({ ...story.last, decisions: story.decisions })
  const pulls = await sandbox.github.pulls(company.repository)
  const issues = await sandbox.github.issues(company.repository)
  return {
    groups,
    recommendations,
    decisions,
    applied: appliedRows(story.applied),
    pullRequests: [...pulls].sort((a, b) => a.number - b.number),
    issues: [...issues]
      .sort((a, b) => a.number - b.number)
      .map(({ number, title, state }) => ({ number, title, state })),
    api: sandbox.calls(),
  }
}
