type Item = Readonly<Record<string, { readonly S?: string }>>

interface Request {
  readonly TableName: string
  readonly Key: Item
  readonly Item: Item
  readonly RequestItems: Readonly<Record<string, unknown>>
}

/** DynamoDB as far as a reader of a fleet uses it: rows in memory as the texts they came in, conditions not looked at. */
export function createRows() {
  const rows = new Map<string, string>()
  const keyOf = ({ id, timestamp }: Item) => `${id?.S}\n${timestamp?.S}`
  const put = (item: Item) => rows.set(keyOf(item), JSON.stringify(item))
  return {
    answer(operation: string, body: string): string | undefined {
      const input = JSON.parse(body) as Request
      switch (operation) {
        case 'DescribeTable':
          return `{"Table":{"TableName":"${input.TableName}","TableStatus":"ACTIVE"}}`
        case 'PutItem':
          put(input.Item)
          return '{}'
        case 'GetItem': {
          const row = rows.get(keyOf(input.Key))
          return row === undefined ? '{}' : `{"Item":${row}}`
        }
        case 'Query':
          return '{"Items":[],"Count":0,"ScannedCount":0}'
        case 'UpdateItem':
          return '{}'
        case 'BatchGetItem': {
          const [[table, { Keys }] = ['', { Keys: [] }]] = Object.entries(
            input.RequestItems as Record<string, { readonly Keys: readonly Item[] }>,
          )
          const found = Keys.flatMap((key) => rows.get(keyOf(key)) ?? [])
          return `{"Responses":{"${table}":[${found.join(',')}]},"UnprocessedKeys":{}}`
        }
        case 'BatchWriteItem': {
          const [requests = []] = Object.values(
            input.RequestItems as Record<string, readonly { readonly PutRequest: { readonly Item: Item } }[]>,
          )
          for (const { PutRequest } of requests) put(PutRequest.Item)
          return '{"UnprocessedItems":{}}'
        }
        default:
          return undefined
      }
    },
  }
}
