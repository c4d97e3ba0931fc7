import type { EmulatedGitHub } from './emulated-github.js'
import { mergeTexts } from './merge-texts.js'

/** A file of a tree. */
export interface TreeFile {
  readonly mode: string
  readonly sha: string
}

/** A commit as the git data API gives it. */
export interface GitCommit {
  readonly sha: string
  readonly tree: { readonly sha: string }
  readonly parents: readonly { readonly sha: string }[]
}

/** Two commits compared from their common ancestor. */
export interface Comparison {
  readonly merge_base_commit: { readonly sha: string }
  readonly ahead_by: number
  readonly behind_by: number
  readonly commits: readonly { readonly sha: string; readonly commit: { readonly message: string } }[]
  readonly files: readonly FileDifference[]
}

/** One changed file, with its unified patch where it is text. */
export interface FileDifference {
  readonly filename: string
  readonly status: string
  readonly additions: number
  readonly deletions: number
  readonly patch?: string
}

/** Reads and writes the objects of one repository, `home` being `/repos/owner/name`. */
export interface GitObjects {
  /** Branch name to commit, for all branches; remembered until `forget`. */
  tips(home: string): Promise<ReadonlyMap<string, string>>
  /** To be called after every write that may have moved a branch. */
  forget(home: string): void
  /** A commit by its SHA, or by the name of a branch. */
  commit(home: string, ref: string): Promise<GitCommit | undefined>
  /** Two commits by their SHAs. */
  compare(home: string, base: string, head: string): Promise<Comparison>
  tree(home: string, treeSha: string): Promise<ReadonlyMap<string, TreeFile>>
  blob(home: string, sha: string): Promise<Buffer>
  /** The SHA of the tree that merges `head` into `base`; undefined for a conflict. */
  mergedTree(home: string, base: string, head: string): Promise<string | undefined>
}

interface TreeAnswer {
  readonly tree: readonly {
    readonly path: string
    readonly type: string
    readonly mode: string
    readonly sha: string
  }[]
}

/** The objects that `emulate` keeps. */
export function createGitObjects(github: EmulatedGitHub): GitObjects {
  const get = <T>(path: string) => github.asOwner<T>('GET', path)
  const known = new Map<string, ReadonlyMap<string, string>>()
  const objects: GitObjects = {
    async tips(home) {
      const tips = known.get(home) ?? (await readTips(github, home))
      known.set(home, tips)
      return tips
    },
    forget(home) {
      known.delete(home)
    },
    async commit(home, ref) {
      const found = await github.find<{ sha: string }>(`${home}/commits/${encodeURIComponent(ref)}`)
      return found === undefined ? undefined : get(`${home}/git/commits/${found.sha}`)
    },
    compare: remembered((home, base, head) => get<Comparison>(`${home}/compare/${base}...${head}`)),
    async tree(home, treeSha) {
      const { tree } = await get<TreeAnswer>(`${home}/git/trees/${treeSha}?recursive=1`)
      const files = tree.filter((entry) => entry.type === 'blob')
      return new Map(files.map(({ path, mode, sha }) => [path, { mode, sha }]))
    },
    async blob(home, sha) {
      const { content } = await get<{ content: string }>(`${home}/git/blobs/${sha}`)
      return Buffer.from(content, 'base64')
    },
    mergedTree: remembered((home, base, head) => mergedTree(github, objects, home, base, head)),
  }
  return objects
}

const REMEMBERED = 200

/** Keeps the last answers: what is said of two commits never changes. */
function remembered<T>(ask: (home: string, base: string, head: string) => Promise<T>) {
  const answers = new Map<string, Promise<T>>()
  return (home: string, base: string, head: string): Promise<T> => {
    const key = `${home} ${base} ${head}`
    const answer = answers.get(key) ?? ask(home, base, head)
    answers.set(key, answer)
    answer.catch(() => answers.delete(key))
    const [oldest] = answers.keys()
    if (answers.size > REMEMBERED && oldest !== undefined) answers.delete(oldest)
    return answer
  }
}

async function readTips(github: EmulatedGitHub, home: string): Promise<ReadonlyMap<string, string>> {
  const path = `${home}/git/matching-refs/heads/`
  const refs = await github.asOwner<{ ref: string; object: { sha: string } }[]>('GET', path)
  return new Map(refs.map((ref) => [ref.ref.replace('refs/heads/', ''), ref.object.sha]))
}

async function mergedTree(github: EmulatedGitHub, objects: GitObjects, home: string, base: string, head: string) {
  const ancestor = (await objects.compare(home, base, head)).merge_base_commit.sha
  const commits = await Promise.all([ancestor, base, head].map((sha) => objects.commit(home, sha)))
  const [old, ours, theirs] = await Promise.all(commits.map((commit) => objects.tree(home, commit?.tree.sha ?? '')))
  const baseTree = commits[1]?.tree.sha
  if (old === undefined || ours === undefined || theirs === undefined || baseTree === undefined) return undefined
  const changed: { path: string; mode: string; type: 'blob'; sha?: string | null; content?: string }[] = []
  for (const path of new Set([...old.keys(), ...theirs.keys()])) {
    const [was, mine, other] = [old.get(path), ours.get(path), theirs.get(path)]
    if (other?.sha === was?.sha || other?.sha === mine?.sha) continue
    const mode = other?.mode ?? was?.mode ?? '100644'
    if (mine?.sha === was?.sha) changed.push({ path, mode, type: 'blob', sha: other?.sha ?? null })
    else {
      const files = [was, mine, other]
      if (mine === undefined || other === undefined) return undefined
      const texts = await Promise.all(files.map(async (file) => (file ? `${await objects.blob(home, file.sha)}` : '')))
      const content = mergeTexts(texts[0] ?? '', texts[1] ?? '', texts[2] ?? '')
      if (content === undefined) return undefined
      changed.push({ path, mode, type: 'blob', content })
    }
  }
  if (changed.length === 0) return baseTree
  const tree = { base_tree: baseTree, tree: changed }
  return (await github.asOwner<{ sha: string }>('POST', `${home}/git/trees`, tree)).sha
}
