// One cold start, for scripts/bench-coldstart.ts: loads the handler, hands it the event in the environment variable
// EVENT where there is one, prints the memory it holds, and ends.
import { pathToFileURL } from 'node:url'

const { handler } = await import(pathToFileURL(process.argv[2]))
const context = {
  awsRequestId: `cold-${process.pid}`,
  functionName: 'bench',
  logStreamName: 'bench',
  getRemainingTimeInMillis: () => 900_000,
}
if (process.env.EVENT) await handler(JSON.parse(process.env.EVENT), context)
process.stderr.write(`rss ${process.memoryUsage().rss}\n`)
process.exit(0)
