import { expect, test } from '@jest/globals'
import { loadSyntax } from '../../../src/adapters/parsers/load-syntax.js'
import { provedValues } from '../../../src/adapters/parsers/proved-values.js'
import { readRepositoryConfig } from '../../../src/config/read-repository-config.js'
import type { Settings } from '../../../src/core/model/configuration.js'
import { known, unread } from '../../../src/core/model/fact.js'
import type { Stacks } from '../../../src/ports/stacks.js'
import { codeOfGroup, type Repository } from '../../../src/workflows/estate/estate.js'
import { editCode } from '../../../src/workflows/propose/edit-code.js'
import { groupWith } from '../../support/group.js'

type Deployed = Awaited<ReturnType<Stacks['parameters']>>

/** Edits the code of the group `web` in a repository of these files, as a run would. */
async function edited(
  files: Readonly<Record<string, string>>,
  settings: { readonly from: Settings; readonly to: Settings },
  deployed: Deployed = known(undefined),
  tags: Readonly<Record<string, string>> = {},
) {
  const config = files['.github/trimtab.yml']
  const read = config === undefined ? undefined : readRepositoryConfig(config, '.github/trimtab.yml')
  if (read?.kind === 'faults') throw new Error(JSON.stringify(read.faults))
  const repository: Repository = {
    name: 'tidewell/infrastructure',
    branch: 'main',
    sha: 'a1',
    config: read?.config,
    faults: [],
    files: new Map(Object.entries(files).filter(([path]) => path !== '.github/trimtab.yml')),
  }
  const deps = { syntax: loadSyntax, valuesOf: provedValues, stacks: { parameters: async () => deployed } }
  const group = groupWith({ name: 'web', environment: 'production', tags })
  const code = await codeOfGroup(deps, { repositories: [repository], unreadable: [], home: repository }, group)
  if (code.kind === 'missing') return code.refused?.reason ?? code.why
  const outcome = await editCode(deps, { code, group, ...settings })
  if (outcome.kind === 'refused') return outcome.reason
  return outcome.proof.edits.map(({ file, line, after }) => `${file}:${line} ${after.trim()}`)
}

const template = `Parameters:
  Fewest:
    Type: Number
    Default: 2
Resources:
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: !Ref Fewest
      MaxSize: 9
`
const tags = { 'aws:cloudformation:stack-name': 'web', 'aws:cloudformation:logical-id': 'Web' }
const two = { from: { minSize: 2 }, to: { minSize: 3 } }

test('a parameter is edited where the stack is deployed with what the code says', async () => {
  const deployed = known({ Fewest: '2' })
  expect(await edited({ 'web.yaml': template }, two, deployed, tags)).toEqual(['web.yaml:4 Default: 3'])
})

test('a stack that was given another value from outside is drift, and unknown parameters are not guessed', async () => {
  const four = { from: { minSize: 4 }, to: { minSize: 3 } }
  expect(await edited({ 'web.yaml': template }, four, known({ Fewest: '4' }), tags)).toBe('drift')
  expect(await edited({ 'web.yaml': template }, two, unread('denied'), tags)).toBe('several-candidates')
})

test('a default that the parameter file of another deployment leaves alone belongs to both', async () => {
  const parameters = (stage: string) => `[{"ParameterKey": "Stage", "ParameterValue": "${stage}"}]`
  const files = {
    'web.yaml': template.replace('Parameters:\n', 'Parameters:\n  Stage:\n    Type: String\n'),
    'live.json': parameters('live'),
    'test.json': parameters('test'),
  }
  const deployed = known({ Stage: 'live', Fewest: '2' })
  expect(await edited(files, two, deployed, tags)).toBe('shared-by-several-groups')
})

test('the configuration says which variable files are passed', async () => {
  const files = {
    'main.tf':
      'variable "fewest" {}\nresource "aws_autoscaling_group" "web" {\n  name = "web"\n  min_size = var.fewest\n  max_size = 9\n}\n',
    'sizes/blue.tfvars': 'fewest = 2\n',
    'sizes/green.tfvars': 'fewest = 2\n',
  }
  expect(await edited(files, two)).toBe('several-candidates')
  const config =
    'groups:\n  web:\n    path: .\n    address: aws_autoscaling_group.web\n    deployedWith:\n      varFiles: [sizes/green.tfvars]\n'
  expect(await edited({ ...files, '.github/trimtab.yml': config }, two)).toEqual(['sizes/green.tfvars:1 fewest = 3'])
})

test('a values file is edited at its configured places, several at once', async () => {
  const files = {
    'charts/web.yaml': 'pools:\n  - name: web\n    min: 2\n    max: 9 # busy days\n',
    '.github/trimtab.yml':
      'groups:\n  web:\n    path: charts/web.yaml\n    values: {minSize: "pools[name=web].min", maxSize: "pools[name=web].max"}\n',
  }
  const both = { from: { minSize: 2, maxSize: 9 }, to: { minSize: 3, maxSize: 12 } }
  expect(await edited(files, both)).toEqual(['charts/web.yaml:3 min: 3', 'charts/web.yaml:4 max: 12 # busy days'])
  expect(await edited(files, { from: { desiredCapacity: 2 }, to: { desiredCapacity: 3 } })).toBe('unsupported-property')
})

test('a Beanstalk environment is edited in the only application with options', async () => {
  const options = 'option_settings:\n  aws:autoscaling:asg:\n    MinSize: 2\n    MaxSize: 9\n'
  const made = { ...tags, 'aws:cloudformation:logical-id': 'AWSEBAutoScalingGroup' }
  const both = { from: { minSize: 2, maxSize: 9 }, to: { minSize: 3, maxSize: 4 } }
  expect(await edited({ 'app/.ebextensions/size.config': options }, both, known(undefined), made)).toEqual([
    'app/.ebextensions/size.config:3 MinSize: 3',
    'app/.ebextensions/size.config:4 MaxSize: 4',
  ])
  const two = { 'a/.ebextensions/size.config': options, 'b/.ebextensions/size.config': options }
  expect(await edited(two, both, known(undefined), made)).toBe('several-candidates')
})
