/** A decoded form as the tree its dotted keys spell: `Tags.member.1.Key=a` is Tags → member → 1 → Key = `a`. */
export interface FormTree {
  readonly value: string | undefined
  readonly children: ReadonlyMap<string, FormTree>
}

interface GrowingTree {
  value: string | undefined
  readonly children: Map<string, GrowingTree>
}

const MAX_DEPTH = 40

/**
 * Reads `application/x-www-form-urlencoded` pairs into their tree; a key's later value wins. Keys deeper than 40 parts,
 * which no AWS shape has, are left out.
 *
 * @example formTree(new URLSearchParams('A.member.1=x')).children.get('A')?.children.get('member')?.children.get('1')?.value // 'x'
 */
export function formTree(form: URLSearchParams): FormTree {
  const root: GrowingTree = { value: undefined, children: new Map() }
  for (const [key, value] of form) {
    const parts = key.split('.')
    if (parts.length <= MAX_DEPTH) leafOf(root, parts).value = value
  }
  return root
}

function leafOf(root: GrowingTree, parts: readonly string[]): GrowingTree {
  let node = root
  for (const part of parts) {
    const next = node.children.get(part) ?? { value: undefined, children: new Map() }
    node.children.set(part, next)
    node = next
  }
  return node
}

/** The children whose names are whole numbers, in numeric order: a list's items. Gaps in the numbering close up. */
export function numberedChildren(tree: FormTree): readonly FormTree[] {
  return [...tree.children]
    .filter(([name]) => /^\d+$/.test(name))
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, child]) => child)
}
