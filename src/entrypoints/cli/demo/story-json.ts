import { company, type Sandbox } from '../../../sandbox/start-sandbox.js'
import { decisionJson, groupJson, recommendationJson } from '../pass-json.js'
import type { Story } from './tell-story.js'

/** The state at the end of the story, sorted by groupKey, id and number: the same for the same seed. */
export async function storyJson(sandbox: Sandbox, story: Story): Promise<unknown> {
  const pulls = await sandbox.github.pulls(company.repository)
  const issues = await sandbox.github.issues(company.repository)
  return {
    groups: story.last.groups.map(groupJson),
    recommendations: [...story.last.recommendations].sort((a, b) => (a.id < b.id ? -1 : 1)).map(recommendationJson),
    decisions: [...story.decisions].sort(byGroup).map(decisionJson),
    applied: [...story.applied].sort((a, b) => (a.groupKey < b.groupKey ? -1 : 1)),
    pullRequests: [...pulls].sort((a, b) => a.number - b.number),
    issues: [...issues].sort((a, b) => a.number - b.number).map(({ number, title, state }) => ({ number, title, state })),
    api: sandbox.calls(),
  }
}

function byGroup(a: Story['decisions'][number], b: Story['decisions'][number]): number {
  const key = (one: Story['decisions'][number]) => `${one.groupKey} ${one.recommendationId ?? ''}`
  return key(a) < key(b) ? -1 : 1
}
