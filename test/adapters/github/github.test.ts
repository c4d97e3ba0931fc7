import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createChecks } from '../../../src/adapters/github/checks.js'
import { createCodeReader } from '../../../src/adapters/github/code-reader.js'
import { createConversation } from '../../../src/adapters/github/conversation.js'
import { createIssues } from '../../../src/adapters/github/issues.js'
import { createOctokits, type Octokits } from '../../../src/adapters/github/octokits.js'
import { createPullRequests } from '../../../src/adapters/github/pull-requests.js'
import type { PullRequestDraft } from '../../../src/ports.js'
import { type GitHubWorld, startGitHub } from '../../../src/sandbox/github/github-world.js'

const infra = 'harbour/infra'
let github: GitHubWorld
let clients: Octokits

beforeAll(async () => {
  github = await startGitHub({
    owner: 'harbour',
    repositories: [
      {
        name: 'infra',
        files: new Map([
          ['main.tf', 'min_size = 4\n'],
          ['docs/logo.svg', '<svg/>'],
        ]),
      },
    ],
    people: [
      { login: 'ann', permission: 'write' },
      { login: 'rob', permission: 'read' },
    ],
  })
  clients = createOctokits({ kind: 'app', appId: github.app.appId, privateKey: github.app.privateKey }, github.url)
})
afterAll(() => github.close())

const octokits = () => clients

function writes() {
  return [...github.calls]
    .filter(([route]) => !route.startsWith('github:GET'))
    .reduce((sum, [, times]) => sum + times, 0)
}

async function draft(branch: string, text: string): Promise<PullRequestDraft> {
  const { sha } = await createCodeReader(octokits()).head(infra)
  return {
    branch,
    title: `web: minimum ${text}`,
    body: 'body',
    commitMessage: 'web\n\nTrimtab-Change: abc\n',
    files: new Map([['main.tf', `min_size = ${text}\n`]]),
    baseSha: sha,
    labels: ['trimtab'],
    reviewers: [],
  }
}

describe('reading code', () => {
  it('brings the wanted files of the default branch in one request', async () => {
    const code = createCodeReader(octokits())
    expect(await code.repositories()).toEqual([infra])
    const { branch, sha } = await code.head(infra)
    expect(branch).toBe('main')
    const files = await code.files(infra, sha, (path) => path.endsWith('.tf'))
    expect([...files]).toEqual([['main.tf', 'min_size = 4\n']])
  })

  it('says what to do when the App is not installed on a repository', async () => {
    await expect(createCodeReader(octokits()).head('harbour/other')).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('not installed'),
    })
  })

  it('calls wrong credentials by their name', async () => {
    const wrong = createOctokits({ kind: 'token', token: 'ghp_wrong', repositories: [infra] }, github.url)
    await expect(createCodeReader(wrong).head(infra)).rejects.toMatchObject({ code: 'credentials' })
  })
})

describe('a pull request', () => {
  it('is opened once for a branch, however often it is asked for', async () => {
    const pulls = createPullRequests(octokits())
    const first = await pulls.open(infra, await draft('trimtab/once', '3'))
    const before = writes()
    const second = await pulls.open(infra, await draft('trimtab/once', '3'))
    expect(second).toEqual(first)
    expect(first).toMatchObject({ state: 'open', onlyOurCommits: true })
    expect(writes()).toBe(before)
    const [pull] = (await github.pulls('infra')).filter((entry) => entry.headBranch === 'trimtab/once')
    expect(pull?.files[0]?.patch).toContain('+min_size = 3')
  })

  it('is finished when an earlier try ended after the branch was made', async () => {
    github.faults.set({ route: '/repos/{owner}/{repo}/pulls', kind: 'cutConnection', times: 10 })
    await expect(createPullRequests(octokits()).open(infra, await draft('trimtab/half', '5'))).rejects.toThrow()
    github.faults.clear()
    const state = await createPullRequests(octokits()).open(infra, await draft('trimtab/half', '5'))
    expect(state.state).toBe('open')
  })

  it('is rewritten in place when what it asks for changed, and only then', async () => {
    const pulls = createPullRequests(octokits())
    const { number } = await pulls.open(infra, await draft('trimtab/moves', '6'))
    const before = writes()
    await pulls.update(infra, number, await draft('trimtab/moves', '6'))
    expect(writes()).toBe(before)
    const updated = await pulls.update(infra, number, await draft('trimtab/moves', '7'))
    expect(updated).toMatchObject({ number, title: 'web: minimum 7' })
    expect((await github.files('infra', 'trimtab/moves')).get('main.tf')).toBe('min_size = 7\n')
  })

  it('that a person closed stays closed, and says by whom', async () => {
    const pulls = createPullRequests(octokits())
    const { number } = await pulls.open(infra, await draft('trimtab/no', '8'))
    await github.closePull('infra', number, 'ann')
    expect(await pulls.open(infra, await draft('trimtab/no', '9'))).toMatchObject({
      number,
      state: 'closed',
      closedBy: 'ann',
    })
  })

  it('is seen as merged once a person merged it', async () => {
    const pulls = createPullRequests(octokits())
    const { number } = await pulls.open(infra, await draft('trimtab/yes', '2'))
    await github.merge('infra', number, 'ann')
    expect(await pulls.find(infra, 'trimtab/yes')).toMatchObject({ number, state: 'merged' })
  })

  it('is closed with one comment and without its branch', async () => {
    const pulls = createPullRequests(octokits())
    const { number } = await pulls.open(infra, await draft('trimtab/gone', '11'))
    await pulls.close(infra, number, 'No longer needed.')
    await pulls.close(infra, number, 'No longer needed.')
    expect(await pulls.find(infra, 'trimtab/gone')).toMatchObject({ state: 'closed' })
  })
})

describe('issues, replies and checks', () => {
  it('write one issue for a marker and leave a closed one alone', async () => {
    const issues = createIssues(octokits())
    const page = {
      marker: '<!-- trimtab:weekly=2026-W47 -->',
      title: 'Week 47',
      body: 'a\n<!-- trimtab:weekly=2026-W47 -->',
      labels: [],
    }
    const first = await issues.upsert(infra, page)
    expect(await issues.upsert(infra, page)).toEqual({ ...first, changed: false })
    expect(await issues.upsert(infra, { ...page, title: 'Week 47, new' })).toEqual({ ...first, changed: true })
    await issues.close(infra, first.number)
    expect(await issues.upsert(infra, page)).toEqual({ number: first.number, changed: false, state: 'closed' })
  })

  it('edit one reply in place', async () => {
    const talk = createConversation(octokits())
    const { number } = await createIssues(octokits()).upsert(infra, {
      marker: '<!-- trimtab:refusal=x -->',
      title: 'x',
      body: '<!-- trimtab:refusal=x -->',
      labels: [],
    })
    await talk.reply(infra, number, '<!-- trimtab:reply=1 -->', 'one\n<!-- trimtab:reply=1 -->')
    const before = github.calls.get('github:POST /repos/{owner}/{repo}/issues/{issue_number}/comments')
    await talk.reply(infra, number, '<!-- trimtab:reply=1 -->', 'two\n<!-- trimtab:reply=1 -->')
    expect(github.calls.get('github:POST /repos/{owner}/{repo}/issues/{issue_number}/comments')).toBe(before)
  })

  it('know who may command', async () => {
    const talk = createConversation(octokits())
    expect(await talk.permission(infra, 'ann')).toBe('write')
    expect(await talk.permission(infra, 'rob')).toBe('read')
    expect(['none', 'read']).toContain(await talk.permission(infra, 'stranger'))
  })

  it('write the same check run once', async () => {
    const checks = createChecks(octokits())
    const { sha } = await createCodeReader(octokits()).head(infra)
    const report = { title: 'One fault', summary: 'line 3', passed: false }
    await checks.report(infra, sha, report)
    const before = writes()
    await checks.report(infra, sha, report)
    expect(writes()).toBe(before)
  })
})
