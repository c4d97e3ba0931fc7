import { TrimtabError } from '../../core/model/errors.js'
import type { connectSecretsManager } from './calls/secrets-manager.js'
import { connecting, type SurroundingsOptions, short } from './connection.js'

const keys = ['APP_ID', 'PRIVATE_KEY', 'WEBHOOK_SECRET'] as const

/** What the secret of the GitHub App holds; a key that is missing or empty is left out. */
export type GitHubSecret = Readonly<Partial<Record<(typeof keys)[number], string>>>

export type Secrets = (region: string) => Promise<ReturnType<typeof connectSecretsManager>>

/** The secrets that a function reads, connected to when first asked for. */
export function secretsIn(options: SurroundingsOptions): Secrets {
  return connecting(short(options), async () => (await import('./calls/secrets-manager.js')).connectSecretsManager)
}

/** Reads the secret, a JSON object. Throws `configuration` where it is none; no word of what it holds is said. */
export async function readGitHubSecret(
  secrets: Secrets,
  { secretId, region }: { readonly secretId: string; readonly region: string },
): Promise<GitHubSecret> {
  const client = await secrets(regionOf(secretId) ?? region)
  const { SecretString } = await client.getSecretValue({ SecretId: secretId })
  const held = objectIn(SecretString)
  if (!held)
    throw new TrimtabError(
      'configuration',
      `reading the secret ${secretId}: expected a JSON object with ${keys.join(', ')}, got ${SecretString === undefined ? 'bytes' : 'another text'}`,
    )
  const given = keys.flatMap((key) => {
    const value = held[key]
    const text = typeof value === 'number' ? String(value) : value
    return typeof text === 'string' && text.trim() !== '' ? [[key, text.trim()] as const] : []
  })
  return Object.fromEntries(given)
}

function objectIn(text: string | undefined): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '')
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined
  } catch {
    return undefined
  }
}

/** Of an ARN; a plain name is looked for in the function's own region. */
function regionOf(secretId: string): string | undefined {
  return secretId.startsWith('arn:') ? secretId.split(':')[3] || undefined : undefined
}
