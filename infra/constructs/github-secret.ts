import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager'
import type { Construct } from 'constructs'
import { acknowledge } from './acknowledge.js'
import { type Deployment, nameOf } from './deployment.js'

/** What is asked of a secret: its name, and that the functions may read it. */
export type GitHubAppSecret = Pick<ISecret, 'secretArn' | 'grantRead'>

/**
 * The secret of the GitHub App: JSON with APP_ID, PRIVATE_KEY and WEBHOOK_SECRET. The webhook secret is made here; the
 * private key, which GitHub shows once, is put in by hand after the first deployment.
 */
export function createGitHubSecret(scope: Construct, id: string, deployment: Deployment, appId: string): Secret {
  if (!/^\d*$/.test(appId)) throw new Error(`githubAppId: expected the number of a GitHub App, got "${appId}"`)
  const secret = new Secret(scope, id, {
    secretName: nameOf(deployment, 'github-app'),
    description: 'GitHub App of Trimtab: APP_ID, PRIVATE_KEY (put in by hand), WEBHOOK_SECRET.',
    generateSecretString: {
      secretStringTemplate: JSON.stringify({ APP_ID: appId, PRIVATE_KEY: '' }),
      generateStringKey: 'WEBHOOK_SECRET',
      excludePunctuation: true,
      passwordLength: 40,
    },
  })
  acknowledge(
    secret,
    'AwsSolutions-SMG4',
    'GitHub alone makes an App its keys: a rotation here could not tell GitHub of the new one.',
  )
  return secret
}
