/** Who calls: the account that the access key belongs to, and the region that the signature names. */
export interface Caller {
  readonly account: string
  readonly region: string
  readonly accessKeyId: string
}

/**
 * One AWS operation behind the wire. Input and output are plain values shaped as in SDK v3: its member names, `Date` for
 * times, `Uint8Array` for blobs. It may return a promise; `undefined` answers an operation without output. A refusal is
 * thrown as `AwsError`; anything else thrown reaches the caller as AWS's own internal failure.
 */
export type Operation = (input: Readonly<Record<string, unknown>>, caller: Caller) => unknown

/**
 * Operations by `service:Operation`, for example `autoscaling:DescribeAutoScalingGroups`. Services: autoscaling,
 * cloudformation, cloudwatch, ec2, elasticloadbalancing, ce, pricing, sns, sqs, sts, logs,
 * secretsmanager, dynamodb.
 */
export type Operations = Readonly<Record<string, Operation>>
