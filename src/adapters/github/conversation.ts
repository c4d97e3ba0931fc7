import { carriesMarker } from '../../core/proposal/marker.js'
import type { Conversation } from '../../ports.js'
import { placeOf, translated } from './code-reader.js'
import type { Octokits } from './octokits.js'
import { isMissing } from './translate-error.js'

/** Talking under issues and pull requests: one reply for a marker, edited in place. */
export function createConversation(octokits: Octokits): Conversation {
  return {
    async permission(repository, login) {
      const octokit = await octokits.for(repository)
      return translated(`reading what ${login} may do in ${repository}`, async () => {
        try {
          const { data } = await octokit.repos.getCollaboratorPermissionLevel({
            ...placeOf(repository),
            username: login,
          })
          return permissionOf(data.permission)
        } catch (error) {
          if (isMissing(error)) return 'none'
          throw error
        }
      })
    },
    async reply(repository, number, marker, body) {
      const octokit = await octokits.for(repository)
      const place = placeOf(repository)
      await translated(`replying under ${repository}#${number}`, async () => {
        const comments = await octokit.paginate(octokit.issues.listComments, {
          ...place,
          issue_number: number,
          per_page: 100,
        })
        const present = comments.find((comment) => carriesMarker(comment.body ?? '', marker))
        if (!present) await octokit.issues.createComment({ ...place, issue_number: number, body })
        else if (present.body !== body) await octokit.issues.updateComment({ ...place, comment_id: present.id, body })
      })
    },
    async react(repository, commentId, reaction) {
      const octokit = await octokits.for(repository)
      await translated(`reacting to a comment in ${repository}`, () =>
        octokit.reactions.createForIssueComment({ ...placeOf(repository), comment_id: commentId, content: reaction }),
      )
    },
  }
}

/** `maintain` counts as write and `triage` as read; a role we do not know may nothing. */
function permissionOf(role: string): 'admin' | 'write' | 'read' | 'none' {
  if (role === 'admin' || role === 'write' || role === 'read') return role
  if (role === 'maintain') return 'write'
  return role === 'triage' ? 'read' : 'none'
}
