import type { Octokit } from '@octokit/rest'
import { carriesMarker } from '../../core/proposal/marker.js'
import type { IssueDraft, Issues } from '../../ports.js'
import { placeOf, translated } from './code-reader.js'
import type { Octokits } from './octokits.js'

/** The label by which our issues are found again; the marker in the body then says which is which. */
export const issueLabel = 'trimtab'

/** Issues by hidden marker: one issue for a marker, rewritten in place, and left alone once a person closed it. */
export function createIssues(octokits: Octokits): Issues {
  return {
    async upsert(repository, draft) {
      const octokit = await octokits.for(repository)
      const place = placeOf(repository)
      return translated(`writing the issue "${draft.title}" in ${repository}`, async () => {
        const present = await findIssue(octokit, place, draft.marker)
        if (!present) return create(draft)
        const state = present.state === 'open' ? 'open' : 'closed'
        const same = present.title === draft.title && present.body === draft.body
        if (state === 'closed' || same) return { number: present.number, changed: false, state }
        await octokit.issues.update({ ...place, issue_number: present.number, title: draft.title, body: draft.body })
        return { number: present.number, changed: true, state }
      })

      async function create({ title, body, labels }: IssueDraft) {
        const { data } = await octokit.issues.create({
          ...place,
          title,
          body,
          labels: [...new Set([issueLabel, ...labels])],
        })
        return { number: data.number, changed: true, state: 'open' as const }
      }
    },
    async find(repository, marker) {
      const octokit = await octokits.for(repository)
      const place = placeOf(repository)
      return translated(`looking for an issue in ${repository}`, async () => {
        const present = await findIssue(octokit, place, marker)
        if (!present) return undefined
        if (present.state === 'open') return { number: present.number, state: 'open' as const }
        const { data } = await octokit.issues.get({ ...place, issue_number: present.number })
        return {
          number: present.number,
          state: 'closed' as const,
          ...(data.closed_by && { closedBy: data.closed_by.login }),
          ...(data.closed_at && { closedAt: data.closed_at }),
        }
      })
    },
    async close(repository, number) {
      const octokit = await octokits.for(repository)
      await translated(`closing ${repository}#${number}`, () =>
        octokit.issues.update({ ...placeOf(repository), issue_number: number, state: 'closed' }),
      )
    },
  }
}

async function findIssue(octokit: Octokit, place: ReturnType<typeof placeOf>, marker: string) {
  const all = await octokit.paginate(octokit.issues.listForRepo, {
    ...place,
    labels: issueLabel,
    state: 'all',
    per_page: 100,
  })
  return all.find((issue) => !issue.pull_request && carriesMarker(issue.body ?? '', marker))
}
