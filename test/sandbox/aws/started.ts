import { afterAll } from '@jest/globals'
import { type AwsServer, type AwsServerOptions, startAwsServer } from '../../../src/sandbox/aws/server.js'

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'

const running: AwsServer[] = []

afterAll(async () => {
  await Promise.all(running.map((server) => server.close()))
})

/** A stand-in that is closed when the test file ends. */
export async function started(options: AwsServerOptions): Promise<AwsServer> {
  const server = await startAwsServer(options)
  running.push(server)
  return server
}

/** An SDK client's configuration for a stand-in: a key, one attempt. */
export function clientFor(server: AwsServer, accessKeyId = 'AKIDTRIMTAB') {
  return {
    endpoint: server.url,
    region: 'eu-west-1',
    credentials: { accessKeyId, secretAccessKey: 'secret' },
    maxAttempts: 1,
  } as const
}

/** An Authorization header that names a key, region and service, as far as the stand-in reads it. */
export function authorization(signingName: string, accessKeyId = 'AKIDTRIMTAB'): string {
  const scope = `${accessKeyId}/20261123/eu-west-1/${signingName}/aws4_request`
  return `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=00`
}

/** A Query form posted by hand. */
export function postForm(url: string, signingName: string, form: string): Promise<Response> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', authorization: authorization(signingName) }
  return fetch(url, { method: 'POST', headers, body: form })
}

/** The error that a promise rejects with. */
export async function failure(promise: Promise<unknown>): Promise<Error & { $metadata?: { httpStatusCode?: number } }> {
  try {
    await promise
  } catch (error) {
    if (error instanceof Error) return error
  }
  throw new Error('expected a rejection')
}
