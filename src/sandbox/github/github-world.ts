import { generateKeyPair, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { type Actors, createActors, type Permission } from './actors.js'
import { createDesk } from './desk.js'
import { type EmulatedSeed, emulateGitHub } from './emulated-github.js'
import { createFaults, type Faults } from './faults.js'
import { type CountedCall, openFrontDoor } from './front-door.js'
import { createGitObjects } from './git-objects.js'
import { plantRepositories } from './plant-repositories.js'
import { createPullState } from './pull-state.js'
import type { Stage } from './stage.js'
import { createVirtualTime } from './virtual-time.js'
import { createDeliveries, type Delivery } from './webhook-deliveries.js'
import { createPeople, type WorldActions } from './world-actions.js'
import { createViews, type WorldViews } from './world-views.js'

/** What the world starts with. */
export interface GitHubOptions {
  /** Default: a free one. */
  readonly port?: number
  /** Organisation that owns the repositories. */
  readonly owner: string
  /** Each gets one commit on `main`. Private unless said otherwise. */
  readonly repositories: readonly {
    readonly name: string
    readonly files: ReadonlyMap<string, string>
    readonly private?: boolean
  }[]
  readonly people: readonly { readonly login: string; readonly permission: Permission }[]
  readonly webhook?: { readonly url: string; readonly secret: string }
  /** The app's name in logins: `slug[bot]`. Default `trimtab`. */
  readonly slug?: string
  /** What the installation may do. Default: everything Trimtab asks for. */
  readonly permissions?: Readonly<Record<string, 'read' | 'write'>>
  /** The app's key (PEM). Default: made at this start, which takes some tenths of a second. */
  readonly privateKey?: string
  /** Runs when a call's effect is done and its answer not sent; the answer waits for it. */
  readonly onCall?: (call: CountedCall) => unknown
  /** Stamps (`created_at`, `merged_at`, commit dates …) come from it; deadlines of tokens stay on the wall clock. */
  readonly now?: () => Date
}

/** A running stand-in for GitHub. */
export interface GitHubWorld extends WorldActions, WorldViews {
  /** Base URL for Octokit and Probot. */
  readonly url: string
  readonly app: {
    readonly appId: string
    /** PEM. */
    readonly privateKey: string
    readonly webhookSecret: string
    readonly installationId: number
  }
  /** `github:POST /repos/{owner}/{repo}/pulls` to how often it was called over HTTP. */
  readonly calls: ReadonlyMap<string, number>
  readonly faults: Faults
  /** The webhooks so far, oldest first. */
  readonly deliveries: readonly Delivery[]
  setWebhook(url: string): void
  redeliver(deliveryId: string): Promise<void>
  /** Returns when every webhook has been answered, those set off meanwhile too. */
  settled(): Promise<void>
  /** A personal token to act as a person. */
  token(login: string): string
  close(): Promise<void>
}

const APP_ID = 4711
const INSTALLATION_ID = 815
const EVENTS = ['pull_request', 'issue_comment', 'push', 'issues', 'check_run']
const PERMISSIONS = { contents: 'write', pull_requests: 'write', issues: 'write', checks: 'write', metadata: 'read' }

/** A key for an app, as PKCS#8 in PEM; made anew by every call. */
export async function newAppKey(): Promise<string> {
  const pair = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
  return pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}

/** Starts a GitHub on loopback: `emulate`, with what it lacks (README.md in this folder says what). */
export async function startGitHub(options: GitHubOptions): Promise<GitHubWorld> {
  const faults = createFaults()
  const door = await openFrontDoor(options.port ?? 0, faults, options.onCall ?? (() => undefined))
  const slug = options.slug ?? 'trimtab'
  const privateKey = options.privateKey ?? (await newAppKey())
  const actors = createActors(options.people, slug, () => `ghp_${randomBytes(18).toString('hex')}`)
  const github = await emulateGitHub(door.url, seedOf(options, actors, slug, privateKey))
  const stage = stageOf(options, { url: door.url, slug, github, actors })
  const git = createGitObjects(github)
  const state = createPullState(github, git)
  await stage.time.during(() => plantRepositories(stage, options.repositories))
  const webhookSecret = options.webhook?.secret ?? randomBytes(20).toString('hex')
  const deliveries = createDeliveries(webhookSecret, APP_ID)
  if (options.webhook !== undefined) deliveries.send(options.webhook.url)
  const desk = createDesk(stage, git, state, deliveries)
  door.open(desk.handle)
  return {
    url: door.url,
    app: { appId: `${APP_ID}`, privateKey, webhookSecret, installationId: INSTALLATION_ID },
    calls: door.calls,
    faults,
    deliveries: deliveries.log,
    setWebhook: deliveries.send,
    redeliver: deliveries.redeliver,
    settled: deliveries.settled,
    token: actors.tokenOf,
    ...createPeople(stage, desk, git),
    ...createViews(stage, desk, git, state),
    async close() {
      await deliveries.settled()
      await door.close()
      await github.close()
    },
  }
}

function stageOf(options: GitHubOptions, made: Pick<Stage, 'url' | 'slug' | 'github' | 'actors'>): Stage {
  return {
    ...made,
    owner: options.owner,
    repositories: options.repositories.map(({ name }) => name),
    people: options.people,
    appId: APP_ID,
    installationId: INSTALLATION_ID,
    time: createVirtualTime(options.now ?? (() => new Date())),
  }
}

function seedOf(options: GitHubOptions, actors: Actors, slug: string, privateKey: string): EmulatedSeed {
  const owner = `${options.owner}-owner`
  const logins = options.people.map(({ login }) => login)
  const permissions = options.permissions ?? PERMISSIONS
  const installations = [{ installation_id: INSTALLATION_ID, account: options.owner, repository_selection: 'all' }]
  const app = { app_id: APP_ID, slug, name: slug, private_key: privateKey, permissions, events: EVENTS, installations }
  return {
    users: [owner, ...logins].map((login) => ({ login, name: login, email: `${login}@users.noreply.github.com` })),
    orgs: [{ login: options.owner, members: [{ login: owner, role: 'admin' }] }],
    repos: options.repositories.map((repository) => ({
      owner: options.owner,
      name: repository.name,
      private: repository.private ?? true,
      auto_init: false,
    })),
    apps: [app],
    tokens: Object.fromEntries(logins.map((login) => [actors.tokenOf(login), { login }])),
  }
}
