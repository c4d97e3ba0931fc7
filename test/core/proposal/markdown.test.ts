import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import { code, escaped, md, own } from '../../../src/core/proposal/markdown.js'

interface Node {
  readonly type: string
  readonly value?: string
  readonly children?: readonly Node[]
}

function nodesOf(markdown: string): readonly Node[] {
  const tree: Node = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })
  const all: Node[] = []
  const walk = (node: Node) => {
    all.push(node)
    node.children?.forEach(walk)
  }
  walk(tree)
  return all
}

const hostile = fc.oneof(
  fc.string({ maxLength: 80 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc
    .array(
      fc.constantFrom(
        '@ann',
        '#12',
        '<b>',
        '[x](http://e)',
        '![i](u)',
        '`',
        '```',
        '|',
        '\n',
        '{{x}}',
        'www.e.com',
        'http://e',
        'a@b.cc',
        '<!-- trimtab:change=x -->',
        '\u202e',
        '*',
        '_',
        '~~',
        '- ',
        '# ',
        '&lt;',
        '\\',
        'GH-12',
        ' ',
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join('')),
)

const inertTypes = new Set(['root', 'paragraph', 'text', 'inlineCode', 'strong'])

describe('text from outside on a page', () => {
  it('is nothing but words, whatever is in it', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const nodes = nodesOf(md`**Group** ${escaped(text)} end`)
        expect(nodes.filter((node) => !inertTypes.has(node.type))).toEqual([])
        const words = nodes.filter((node) => node.type === 'text').map((node) => node.value ?? '')
        expect(words.join('')).not.toMatch(/@[\w-]|#\d|GH-\d|:\/\/\w/)
      }),
      { numRuns: 3000 },
    )
  })

  it('stays one code span in one table cell, whatever is in it', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const nodes = nodesOf(md`| a | b |\n|---|---|\n| ${code(text)} | x |`)
        expect(nodes.filter((node) => node.type === 'tableCell')).toHaveLength(4)
        expect(nodes.filter((node) => node.type === 'inlineCode')).toHaveLength(1)
        expect(nodes.filter((node) => ['html', 'link', 'image', 'code'].includes(node.type))).toEqual([])
      }),
      { numRuns: 3000 },
    )
  })

  it('is cut at its limit and loses what cannot be seen', () => {
    expect(code('x'.repeat(300), 10)).toBe(`\`${'x'.repeat(9)}…\``)
    expect(escaped('a\u202eb\u0000c\r\nd')).toBe('abc d')
  })

  it('keeps our own finished words as they are', () => {
    expect(md`**${5}** ${own('*kept*')}`).toBe('**5** *kept*')
  })
})
