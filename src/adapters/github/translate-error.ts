import { RequestError } from '@octokit/request-error'
import { type FaultCode, TrimtabError } from '../../core/model/errors.js'

/** GitHub's and the network's errors in our own words, once. `doing` starts the sentence, e.g. `reading o/r`. */
export function translateGitHubError(error: unknown, doing: string): TrimtabError {
  if (error instanceof TrimtabError) return error
  if (!(error instanceof RequestError)) return unreachable(error, doing)
  const call = `github:${error.request?.method ?? 'GET'} ${pathOf(error.request?.url)}`
  const { code, advice } = meaningOf(error)
  return new TrimtabError(code, `${doing}: GitHub answered ${error.status} to ${call}; ${advice}`, {
    call,
    cause: error,
  })
}

/** Whether GitHub said that the thing is not there. */
export function isMissing(error: unknown): boolean {
  return error instanceof RequestError && error.status === 404
}

/** Whether GitHub refused what is there already, or was in the meantime. */
export function isUnprocessable(error: unknown): boolean {
  return error instanceof RequestError && error.status === 422
}

function meaningOf(error: RequestError): { readonly code: FaultCode; readonly advice: string } {
  const limited = error.response?.headers['x-ratelimit-remaining'] === '0' || /rate limit/i.test(error.message)
  switch (error.status) {
    case 401:
      return { code: 'credentials', advice: 'check APP_ID and PRIVATE_KEY, or GITHUB_TOKEN' }
    case 403:
      return limited
        ? rateLimited
        : {
            code: 'permission',
            advice: 'grant the App the permissions of app.yml and accept them for the installation',
          }
    case 404:
      return { code: 'not-found', advice: 'check the name and that the App is installed there' }
    case 409:
    case 422:
      return { code: 'conflict', advice: 'someone else changed it at the same time; the next run looks again' }
    case 429:
      return rateLimited
    default:
      return { code: error.status >= 500 ? 'unreachable' : 'internal', advice: 'try again later' }
  }
}

const rateLimited = { code: 'throttled', advice: 'the rate limit is used up; the next run goes on' } as const

function unreachable(error: unknown, doing: string): TrimtabError {
  const cause = error instanceof Error ? error.message : String(error)
  return new TrimtabError(
    'unreachable',
    `${doing}: no answer from GitHub (${cause.slice(0, 200)}); check the network and GITHUB_API_URL`,
    { cause: error },
  )
}

/** The path without its query: queries can hold secrets. */
function pathOf(url: string | undefined): string {
  if (!url) return ''
  return URL.canParse(url) ? new URL(url).pathname : (url.split('?')[0] ?? '')
}
