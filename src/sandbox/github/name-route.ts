const REPOSITORY = '/repos/{owner}/{repo}'

const PATHS = [
  '/app',
  '/app/installations',
  '/app/installations/{installation_id}',
  '/app/installations/{installation_id}/access_tokens',
  '/codeload/{ticket}',
  '/installation/repositories',
  '/orgs/{org}',
  '/orgs/{org}/installation',
  '/rate_limit',
  '/user',
  '/user/repos',
  '/users/{username}',
  '/users/{username}/installation',
  REPOSITORY,
]

const IN_REPOSITORY = [
  'branches',
  'branches/{branch+}',
  'check-runs',
  'check-runs/{check_run_id}',
  'collaborators',
  'collaborators/{username}',
  'collaborators/{username}/permission',
  'commits',
  'commits/{ref+}/check-runs',
  'commits/{ref+}',
  'compare/{basehead+}',
  'contents',
  'contents/{path+}',
  'git/blobs',
  'git/blobs/{file_sha}',
  'git/commits',
  'git/commits/{commit_sha}',
  'git/matching-refs/{ref+}',
  'git/ref/{ref+}',
  'git/refs',
  'git/refs/{ref+}',
  'git/trees',
  'git/trees/{tree_sha}',
  'installation',
  'issues',
  'issues/comments',
  'issues/comments/{comment_id}',
  'issues/comments/{comment_id}/reactions',
  'issues/comments/{comment_id}/reactions/{reaction_id}',
  'issues/{issue_number}',
  'issues/{issue_number}/comments',
  'issues/{issue_number}/labels',
  'issues/{issue_number}/labels/{name}',
  'issues/{issue_number}/reactions',
  'issues/{issue_number}/reactions/{reaction_id}',
  'labels',
  'labels/{name}',
  'pulls',
  'pulls/{pull_number}',
  'pulls/{pull_number}/commits',
  'pulls/{pull_number}/files',
  'pulls/{pull_number}/merge',
  'pulls/{pull_number}/requested_reviewers',
  'pulls/{pull_number}/reviews',
  'pulls/{pull_number}/update-branch',
  'tarball',
  'tarball/{ref+}',
]

const ROUTES = [...PATHS, ...IN_REPOSITORY.map((path) => `${REPOSITORY}/${path}`)].map((template) => ({
  route: template.replaceAll('+}', '}'),
  pattern: new RegExp(
    `^${template.replace(/\{(\w+)(\+?)\}/g, (_, name, many) => `(?<${name}>${many ? '.+' : '[^/]+'})`)}$`,
  ),
}))

/** A path under the name that GitHub's reference gives it, with the values of its parts, decoded. */
export interface NamedRoute {
  readonly route: string
  readonly params: Readonly<Record<string, string>>
}

/**
 * Names a path; one outside the list keeps its own text, without parts.
 * @example nameRoute('/repos/acme/shop/pulls/7').route // '/repos/{owner}/{repo}/pulls/{pull_number}'
 */
export function nameRoute(path: string): NamedRoute {
  for (const { route, pattern } of ROUTES) {
    const groups = pattern.exec(path)?.groups
    if (groups === undefined && !pattern.test(path)) continue
    const params = Object.entries(groups ?? {}).map(([name, value]) => [name, decodePart(value)] as const)
    return { route, params: Object.fromEntries(params) }
  }
  return { route: path, params: {} }
}

function decodePart(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}
