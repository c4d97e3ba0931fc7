/** How a service speaks: Query and ec2 take forms and answer XML, json takes and answers JSON by `X-Amz-Target`. */
export type Protocol = 'query' | 'ec2' | 'json'

/** What a service answers for the refusals that every operation shares; the codes differ from service to service. */
export interface CommonCodes {
  readonly unknownKey: string
  readonly wrongSignature: string
  readonly invalid: string
  readonly missing: string
  readonly throttled: readonly [code: string, httpStatus: number]
  readonly denied: readonly [code: string, httpStatus: number]
  readonly failure: string
}

/** One AWS service on the wire. `load` gives the SDK client module that carries its operation schemas. */
export interface WireService {
  readonly name: string
  readonly signingName: string
  readonly xml: { readonly protocol: 'query' | 'ec2'; readonly namespace: string; readonly version: string } | undefined
  readonly json: { readonly target: string; readonly version: '1.0' | '1.1' } | undefined
  readonly codes: CommonCodes
  readonly load: () => Promise<object>
}

const queryCodes: CommonCodes = {
  unknownKey: 'InvalidClientTokenId',
  wrongSignature: 'SignatureDoesNotMatch',
  invalid: 'ValidationError',
  missing: 'ValidationError',
  throttled: ['Throttling', 400],
  denied: ['AccessDenied', 403],
  failure: 'InternalFailure',
}

const ec2Codes: CommonCodes = {
  unknownKey: 'AuthFailure',
  wrongSignature: 'AuthFailure',
  invalid: 'InvalidParameterValue',
  missing: 'MissingParameter',
  throttled: ['RequestLimitExceeded', 503],
  denied: ['UnauthorizedOperation', 403],
  failure: 'InternalError',
}

const jsonCodes: CommonCodes = {
  unknownKey: 'UnrecognizedClientException',
  wrongSignature: 'InvalidSignatureException',
  invalid: 'ValidationException',
  missing: 'ValidationException',
  throttled: ['ThrottlingException', 400],
  denied: ['AccessDeniedException', 400],
  failure: 'InternalServerError',
}

const query = (namespace: string, version: string) => ({ protocol: 'query' as const, namespace, version })

/** The services of this stand-in: names, XML namespaces, versions and targets as in the SDK's protocol settings. */
export const wireServices: readonly WireService[] = [
  {
    name: 'autoscaling',
    signingName: 'autoscaling',
    xml: query('http://autoscaling.amazonaws.com/doc/2011-01-01/', '2011-01-01'),
    json: undefined,
    codes: queryCodes,
    load: () => import('@aws-sdk/client-auto-scaling'),
  },
  {
    name: 'cloudwatch',
    signingName: 'monitoring',
    xml: query('http://monitoring.amazonaws.com/doc/2010-08-01/', '2010-08-01'),
    json: { target: 'GraniteServiceVersion20100801', version: '1.0' },
    codes: queryCodes,
    load: () => import('@aws-sdk/client-cloudwatch'),
  },
  {
    name: 'ec2',
    signingName: 'ec2',
    xml: { protocol: 'ec2', namespace: 'http://ec2.amazonaws.com/doc/2016-11-15/', version: '2016-11-15' },
    json: undefined,
    codes: ec2Codes,
    load: () => import('@aws-sdk/client-ec2'),
  },
  {
    name: 'cloudformation',
    signingName: 'cloudformation',
    xml: query('http://cloudformation.amazonaws.com/doc/2010-05-15/', '2010-05-15'),
    json: undefined,
    codes: queryCodes,
    load: () => import('@aws-sdk/client-cloudformation'),
  },
  {
    name: 'elasticloadbalancing',
    signingName: 'elasticloadbalancing',
    xml: query('http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/', '2015-12-01'),
    json: undefined,
    codes: queryCodes,
    load: () => import('@aws-sdk/client-elastic-load-balancing-v2'),
  },
  {
    name: 'sns',
    signingName: 'sns',
    xml: query('http://sns.amazonaws.com/doc/2010-03-31/', '2010-03-31'),
    json: undefined,
    codes: { ...queryCodes, denied: ['AuthorizationError', 403] },
    load: () => import('@aws-sdk/client-sns'),
  },
  {
    name: 'sts',
    signingName: 'sts',
    xml: query('https://sts.amazonaws.com/doc/2011-06-15/', '2011-06-15'),
    json: undefined,
    codes: queryCodes,
    load: () => import('@aws-sdk/client-sts'),
  },
  {
    name: 'ce',
    signingName: 'ce',
    xml: undefined,
    json: { target: 'AWSInsightsIndexService', version: '1.1' },
    codes: jsonCodes,
    load: () => import('@aws-sdk/client-cost-explorer'),
  },
  {
    name: 'pricing',
    signingName: 'pricing',
    xml: undefined,
    json: { target: 'AWSPriceListService', version: '1.1' },
    codes: jsonCodes,
    load: () => import('@aws-sdk/client-pricing'),
  },
  {
    name: 'logs',
    signingName: 'logs',
    xml: undefined,
    json: { target: 'Logs_20140328', version: '1.1' },
    codes: jsonCodes,
    load: () => import('@aws-sdk/client-cloudwatch-logs'),
  },
  {
    name: 'sqs',
    signingName: 'sqs',
    xml: undefined,
    json: { target: 'AmazonSQS', version: '1.0' },
    codes: jsonCodes,
    load: () => import('@aws-sdk/client-sqs'),
  },
  {
    name: 'secretsmanager',
    signingName: 'secretsmanager',
    xml: undefined,
    json: { target: 'secretsmanager', version: '1.1' },
    codes: jsonCodes,
    load: () => import('@aws-sdk/client-secrets-manager'),
  },
  {
    name: 'dynamodb',
    signingName: 'dynamodb',
    xml: undefined,
    json: { target: 'DynamoDB_20120810', version: '1.0' },
    codes: jsonCodes,
    load: () => import('@aws-sdk/client-dynamodb'),
  },
]
