import type { CodeReader, RepositoryName } from '../../ports.js'
import type { Octokits } from './octokits.js'
import { filesOfTarball } from './tarball.js'
import { translateGitHubError } from './translate-error.js'

/** Reads code from the default branch's commit; one request brings all wanted files of a repository. */
export function createCodeReader(octokits: Octokits): CodeReader {
  return {
    repositories: () => octokits.repositories(),
    async head(repository) {
      const octokit = await octokits.for(repository)
      const place = placeOf(repository)
      return translated(`reading the default branch of ${repository}`, async () => {
        const { data } = await octokit.repos.get(place)
        const branch = data.default_branch
        const ref = await octokit.git.getRef({ ...place, ref: `heads/${branch}` })
        return { branch, sha: ref.data.object.sha }
      })
    },
    async files(repository, sha, wanted) {
      const octokit = await octokits.for(repository)
      return translated(`reading the files of ${repository} at ${sha.slice(0, 12)}`, async () => {
        const { data } = await octokit.repos.downloadTarballArchive({ ...placeOf(repository), ref: sha })
        return filesOfTarball(new Uint8Array(data as ArrayBuffer), wanted)
      })
    },
  }
}

/** `owner/name` as the two parameters that GitHub's REST client takes. */
export function placeOf(repository: RepositoryName): { readonly owner: string; readonly repo: string } {
  const slash = repository.indexOf('/')
  return { owner: repository.slice(0, slash), repo: repository.slice(slash + 1) }
}

/** Runs `work` and puts its errors in our own words. */
export async function translated<T>(doing: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw translateGitHubError(error, doing)
  }
}
