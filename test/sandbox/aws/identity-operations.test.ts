import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { expect, test } from '@jest/globals'
import { identityOperations } from '../../../src/sandbox/aws/identity-operations.js'
import { clientFor, failure, started } from './started.js'

const credentials = [
  { accessKeyId: 'AKIDONE', secretAccessKey: 'secret', account: '111111111111' },
  { accessKeyId: 'AKIDTWO', secretAccessKey: 'secret', account: '222222222222' },
]
const now = () => new Date('2026-11-23T10:00:00.000Z')

function assume(account: string) {
  return new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${account}:role/trimtab-read`, RoleSessionName: 'run' })
}

test('a role in another account is assumed with keys that act there', async () => {
  const server = await started({ operations: identityOperations(credentials, now), credentials })
  const one = new STSClient(clientFor(server, 'AKIDONE'))
  expect((await one.send(new GetCallerIdentityCommand({}))).Account).toBe('111111111111')
  const { Credentials: given, AssumedRoleUser: user } = await one.send(assume('222222222222'))
  expect(given?.Expiration).toEqual(new Date('2026-11-23T11:00:00.000Z'))
  expect(user?.Arn).toBe('arn:aws:sts::222222222222:assumed-role/trimtab-read/run')
  const other = new STSClient(clientFor(server, given?.AccessKeyId))
  expect((await other.send(new GetCallerIdentityCommand({}))).Account).toBe('222222222222')
})

test('a role in an account without keys is denied', async () => {
  const server = await started({ operations: identityOperations(credentials, now), credentials })
  const error = await failure(new STSClient(clientFor(server, 'AKIDONE')).send(assume('333333333333')))
  expect(error.name).toBe('AccessDenied')
  expect(error.message).toContain('sts:AssumeRole')
})
