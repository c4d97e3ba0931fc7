import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from '@jest/globals'
import { editSchema } from '../../../src/entrypoints/cli/documents/edit.js'
import { trimtab } from './captured.js'

const folder = mkdtempSync(join(tmpdir(), 'trimtab-edit-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const module = `resource "aws_autoscaling_group" "web" {
  name                = "shop-web"
  min_size            = var.web_min # the night needs two
  max_size            = 12
  desired_capacity    = 4
  vpc_zone_identifier = var.subnets

  lifecycle {
    ignore_changes = [desired_capacity]
  }
}

variable "web_min" {
  type = number
}

variable "subnets" {
  type = list(string)
}
`

/** A checkout of two files; each test has its own. */
function checkout(): string {
  const repo = mkdtempSync(join(folder, 'repo-'))
  writeFileSync(join(repo, 'main.tf'), module)
  writeFileSync(join(repo, 'prod.auto.tfvars'), 'web_min = 4\nsubnets = ["a"]\n')
  return repo
}

function edit(repo: string, ...args: readonly string[]) {
  return trimtab(['edit', '--repo', repo, '--group', 'aws_autoscaling_group.web', ...args])
}

describe('trimtab edit', () => {
  it('prints the diff of the one place from which the value comes, and writes nothing', async () => {
    const repo = checkout()
    const { code, out, err } = await edit(repo, '--set', 'minSize=2', '--live', '4')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toContain('-web_min = 4\n+web_min = 2\n')
    expect(readFileSync(join(repo, 'prod.auto.tfvars'), 'utf8')).toContain('web_min = 4')
  })

  it('says in JSON which lines change and how the value was found', async () => {
    const { code, out } = await edit(checkout(), '--set', 'minSize=2', '--json')
    const document = editSchema.parse(JSON.parse(out))
    expect(code).toBe(0)
    expect(document.edits).toEqual([
      { file: 'prod.auto.tfvars', startLine: 1, before: 'web_min = 4', after: 'web_min = 2' },
    ])
    expect(document.path.map(({ file, line }) => `${file}:${line}`)).toContain('main.tf:3')
  })

  it('changes the files with --write, and back to the same bytes', async () => {
    const repo = checkout()
    expect((await edit(repo, '--set', 'minSize=2', '--write')).code).toBe(0)
    expect(readFileSync(join(repo, 'prod.auto.tfvars'), 'utf8')).toBe('web_min = 2\nsubnets = ["a"]\n')
    expect((await edit(repo, '--set', 'minSize=4', '--live', '2', '--write')).code).toBe(0)
    expect(readFileSync(join(repo, 'prod.auto.tfvars'), 'utf8')).toBe('web_min = 4\nsubnets = ["a"]\n')
    expect(readFileSync(join(repo, 'main.tf'), 'utf8')).toBe(module)
  })

  it.each([
    ['drift', ['--set', 'minSize=2', '--live', '3']],
    ['ignored', ['--set', 'desiredCapacity=5']],
    ['no-change', ['--set', 'maxSize=12']],
    ['inconsistent', ['--set', 'minSize=20']],
  ])('refuses with its reason and what to type by hand, exit 1: %s', async (reason, args) => {
    const { code, out } = await edit(checkout(), ...args, '--json')
    const document = editSchema.parse(JSON.parse(out))
    expect({ code, outcome: document.outcome, reason: document.reason }).toEqual({ code: 1, outcome: 'refuse', reason })
    expect(document.hint).not.toBe('')
  })

  it('takes what the caller knows from a file', async () => {
    const repo = checkout()
    cpSync(join(repo, 'prod.auto.tfvars'), join(repo, 'night.tfvars'))
    rmSync(join(repo, 'prod.auto.tfvars'))
    const context = join(repo, 'context.json')
    writeFileSync(context, JSON.stringify({ rootModule: '', varFiles: ['night.tfvars'] }))
    const { code, out } = await edit(repo, '--set', 'minSize=2', '--context', context)
    expect(code).toBe(0)
    expect(out).toContain('night.tfvars')
  })

  it.each([
    ['no such folder', ['--repo', join(folder, 'none'), '--set', 'minSize=2'], 'there is no such folder'],
    ['no such property', ['--set', 'colour=2'], 'expected minSize'],
    ['no such format', ['--set', 'minSize=2', '--format', 'chef'], 'terraform'],
    ['no such context', ['--set', 'minSize=2', '--context', join(folder, 'none.json')], 'none.json'],
    ['one live value for two', ['--set', 'minSize=2', '--set', 'maxSize=9', '--live', '3'], '--live'],
  ])('bad usage is exit 2 with what was expected: %s', async (_, args, says) => {
    const { code, out, err } = await edit(checkout(), ...args)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(says)
  })
})
