import { readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { chromium } from 'playwright-core'
import { startDemo } from '../src/entrypoints/cli/demo/start-demo.js'
import { tellStory } from '../src/entrypoints/cli/demo/tell-story.js'
import { company } from '../src/sandbox/start-sandbox.js'

/*
 * Pictures of a page as GitHub shows it, light and dark, 820 points wide. Without --page it is the first saving pull
 * request that the demo really opens.
 *
 *   npx tsx scripts/picture.ts --chromium /usr/bin/chromium --mermaid node_modules/mermaid/dist/mermaid.min.js
 *   npx tsx scripts/picture.ts … --page test/golden/weekly-issue.md --title 'Week 47' --out /tmp/weekly --open
 */

interface Page {
  readonly title: string
  readonly body: string
}

const root = resolve(import.meta.dirname, '..')
const themes = {
  light: { text: '#1f2328', muted: '#59636e', ground: '#ffffff', line: '#d1d9e0', soft: '#f6f8fa', code: '#818b981f' },
  dark: { text: '#f0f6fc', muted: '#9198a1', ground: '#0d1117', line: '#3d444d', soft: '#151b23', code: '#656c7633' },
} as const
type Theme = keyof typeof themes

/** The first pull request of the demo whose title says that it saves something. */
async function firstSaving(): Promise<Page> {
  const { sandbox, deps } = await startDemo({ seed: 1, nowAt: '2026-11-23T10:00:00.000Z', realTime: false })
  try {
    await tellStory(sandbox, deps, { day() {}, pass() {}, merged() {}, deployed() {} })
    const pulls = [...(await sandbox.github.pulls(company.repository))].sort((a, b) => a.number - b.number)
    const saving = pulls.find(({ title }) => title.includes(' saves '))
    if (!saving) throw new Error(`the demo opened ${pulls.length} pull requests, none of which saves anything`)
    return { title: saving.title, body: saving.body }
  } finally {
    await sandbox.close()
  }
}

function plain(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

function documentOf({ title, body }: Page, theme: Theme, mermaidUrl: string): string {
  const { text, muted, ground, line, soft, code } = themes[theme]
  const html = micromark(body, {
    allowDangerousHtml: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  }).replaceAll('<pre><code class="language-mermaid">', '<pre class="mermaid"><code>')
  // On GitHub a line break in a comment is a line break, unlike in a file.
  const broken = html.replace(/<p>[\s\S]*?<\/p>/g, (paragraph) => paragraph.replaceAll('\n', '<br>\n'))
  return `<!doctype html><meta charset="utf-8"><style>
    body { margin: 0; padding: 20px 24px; width: 772px; color: ${text}; background: ${ground};
      font: 14px/1.5 -apple-system, 'Segoe UI', 'Noto Sans', Helvetica, Arial, 'DejaVu Sans', sans-serif; }
    h1 { margin: 0 0 16px; padding-bottom: 8px; font-size: 22px; font-weight: 600; border-bottom: 1px solid ${line}; }
    p, table, details, ul, ol, pre { margin: 0 0 14px; } ul, ol { padding-left: 2em; } li { margin: 3px 0; }
    table { border-collapse: collapse; display: block; overflow: auto; }
    th, td { border: 1px solid ${line}; padding: 5px 11px; text-align: left; } tr:nth-child(2n) { background: ${soft}; }
    code { background: ${code}; border-radius: 6px; padding: 2px 5px; overflow-wrap: anywhere;
      font: 85% ui-monospace, Menlo, 'DejaVu Sans Mono', monospace; }
    .mermaid { border: 1px solid ${line}; border-radius: 6px; padding: 8px; background: transparent; }
    .mermaid code { background: none; } summary { color: ${muted}; margin-bottom: 8px; }
    a { color: #388bfd; }
  </style><h1>${plain(title)}</h1>${broken}<script src="${mermaidUrl}"></script><script>
    mermaid.initialize({ startOnLoad: false, theme: '${theme === 'dark' ? 'dark' : 'default'}' })
    const sources = [...document.querySelectorAll('pre.mermaid')]
    sources.forEach((pre) => { pre.textContent = pre.textContent })
    mermaid.run({ nodes: sources }).finally(() => { document.body.dataset.drawn = 'yes' })
  </script>`
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      chromium: { type: 'string' },
      mermaid: { type: 'string' },
      page: { type: 'string' },
      title: { type: 'string', default: '' },
      out: { type: 'string', default: join(root, 'docs/images/pull-request') },
      open: { type: 'boolean', default: false },
    },
  })
  if (!values.chromium || !values.mermaid)
    throw new Error('--chromium and --mermaid are needed: the paths of a Chromium and of mermaid.min.js (version 11)')
  const page = values.page ? { title: values.title, body: await readFile(values.page, 'utf8') } : await firstSaving()
  const mermaidUrl = pathToFileURL(resolve(values.mermaid)).href
  const browser = await chromium.launch({
    executablePath: values.chromium,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--allow-file-access-from-files'],
  })
  try {
    for (const theme of ['light', 'dark'] as const) {
      const file = `${values.out}${theme === 'dark' ? '-dark' : ''}`
      const tab = await browser.newPage({ viewport: { width: 820, height: 600 }, colorScheme: theme })
      const source = documentOf(page, theme, mermaidUrl)
      // Served from a file, so that the page may load mermaid from one.
      const at = `${process.env.TMPDIR ?? '/tmp'}/trimtab-picture-${process.pid}-${theme}.html`
      await writeFile(at, values.open ? source.replaceAll('<details>', '<details open>') : source)
      await tab.goto(pathToFileURL(at).href)
      await tab.waitForSelector('body[data-drawn=yes]')
      await tab.screenshot({ path: `${file}.png`, fullPage: true })
      console.log(`${file}.png`)
    }
  } finally {
    await browser.close()
  }
}

await main()
