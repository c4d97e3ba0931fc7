import { createAppAuth } from '@octokit/auth-app'
import { Octokit } from '@octokit/rest'
import {
  type GitHubOptions,
  type GitHubWorld,
  newAppKey,
  startGitHub,
} from '../../../src/sandbox/github/github-world.js'

/** The repository that every test of this folder starts with. */
export const INITIAL_FILES: ReadonlyMap<string, string> = new Map([
  ['README.md', '# shop\n'],
  ['infra/web.tf', ['resource "g" "web" {', '  min = 2', '  a = 1', '  b = 2', '  max = 9', '}', ''].join('\n')],
  ['.github/trimtab.yml', 'mode: propose\n'],
])

/** One key for all worlds of a file: making one takes longer than a test. */
const privateKey = newAppKey()

/** `acme/shop` with an admin, a writer, a reader and an outsider. */
export async function startWorld(options: Partial<GitHubOptions> = {}): Promise<GitHubWorld> {
  return startGitHub({
    owner: 'acme',
    privateKey: await privateKey,
    repositories: [{ name: 'shop', files: INITIAL_FILES }],
    people: [
      { login: 'ada', permission: 'admin' },
      { login: 'wim', permission: 'write' },
      { login: 'rea', permission: 'read' },
      { login: 'noa', permission: 'none' },
    ],
    ...options,
  })
}

/** Octokit as the installed app. */
export function asApp(world: GitHubWorld): Octokit {
  const { appId, privateKey, installationId } = world.app
  return new Octokit({
    baseUrl: world.url,
    authStrategy: createAppAuth,
    auth: { appId, privateKey, installationId },
    log: QUIET,
  })
}

/** Octokit as a person. */
export function asPerson(world: GitHubWorld, login: string): Octokit {
  return new Octokit({ baseUrl: world.url, auth: world.token(login), log: QUIET })
}

const quiet = () => undefined
/** No log lines from Octokit: refused calls are what the tests are about. */
export const QUIET = { debug: quiet, info: quiet, warn: quiet, error: quiet }

/** The repository, for Octokit's parameters. */
export const SHOP = { owner: 'acme', repo: 'shop' } as const

/** Branch, commit and pull request through the git data API, as the App does it; its number. */
export async function openPull(octokit: Octokit, branch: string, path: string, content: string): Promise<number> {
  await commitOn(octokit, branch, path, content)
  const { data } = await octokit.rest.pulls.create({
    ...SHOP,
    title: `Change ${path}`,
    head: branch,
    base: 'main',
    body: 'why',
  })
  return data.number
}

/** A new branch off main with one commit that sets one file; the commit's SHA. */
export async function commitOn(octokit: Octokit, branch: string, path: string, content: string): Promise<string> {
  const { data: main } = await octokit.rest.git.getRef({ ...SHOP, ref: 'heads/main' })
  const parent = main.object.sha
  const { data: old } = await octokit.rest.git.getCommit({ ...SHOP, commit_sha: parent })
  const entry = { path, mode: '100644', type: 'blob', content } as const
  const { data: tree } = await octokit.rest.git.createTree({ ...SHOP, base_tree: old.tree.sha, tree: [entry] })
  const message = `Change ${path}`
  const commit = { ...SHOP, message, tree: tree.sha, parents: [parent] }
  const { data } = await octokit.rest.git.createCommit(commit)
  await octokit.rest.git.createRef({ ...SHOP, ref: `refs/heads/${branch}`, sha: data.sha })
  return data.sha
}

/** The text that a file of the repository starts with. */
export function initialText(path: string): string {
  const text = INITIAL_FILES.get(path)
  if (text === undefined) throw new Error(`no file ${path}`)
  return text
}
