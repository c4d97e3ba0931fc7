/**
 * A light AWS endpoint for a fleet of any size, in a process of its own so that its work is not counted as ours. Answers
 * are put together from pieces made once. `tsx scripts/bench/fleet-endpoint.ts GROUPS`; prints its address.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerForm } from './group-answers.js'
import { answerMetricData } from './metric-answers.js'
import { createRows } from './table-rows.js'

const groups = Number(process.argv[2])
const rows = createRows()

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const body = Buffer.concat(chunks).toString('utf8')
    const target = String(request.headers['x-amz-target'] ?? '')
    const answer = target.startsWith('DynamoDB')
      ? rows.answer(target.split('.')[1] ?? '', body)
      : target.includes('GetMetricData')
        ? answerMetricData(body)
        : answerForm(new URLSearchParams(body), groups)
    response.writeHead(answer === undefined ? 400 : 200, {
      'content-type': target === '' ? 'text/xml' : 'application/x-amz-json-1.0',
      'x-amzn-requestid': '00000000-0000-4000-8000-000000000000',
    })
    response.end(answer ?? '{"__type":"UnknownOperationException"}')
  })
})
server.keepAliveTimeout = 600_000
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`)
})
