// What Lambda's Node runtime does with a bundle: loads the handler, then asks the Runtime API for one event after the
// other. Run as `node lambda-runner.mjs FILE` with AWS_LAMBDA_RUNTIME_API set.
import { pathToFileURL } from 'node:url'

const api = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime`
const post = (path, body) => fetch(`${api}/${path}`, { method: 'POST', body: JSON.stringify(body) })
const errorOf = (error) => ({
  errorType: error?.name ?? 'Error',
  errorMessage: error?.message ?? String(error),
  trace: String(error?.stack ?? '').split('\n'),
})

let handler
try {
  ;({ handler } = await import(pathToFileURL(process.argv[2])))
} catch (error) {
  await post('init/error', errorOf(error))
  process.exit(1)
}

for (;;) {
  const next = await fetch(`${api}/invocation/next`)
  const requestId = next.headers.get('lambda-runtime-aws-request-id')
  const deadlineMs = Number(next.headers.get('lambda-runtime-deadline-ms'))
  const context = {
    awsRequestId: requestId,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    invokedFunctionArn: next.headers.get('lambda-runtime-invoked-function-arn'),
    getRemainingTimeInMillis: () => Math.max(0, deadlineMs - Date.now()),
  }
  try {
    await post(`invocation/${requestId}/response`, (await handler(await next.json(), context)) ?? null)
  } catch (error) {
    await post(`invocation/${requestId}/error`, errorOf(error))
  }
}
