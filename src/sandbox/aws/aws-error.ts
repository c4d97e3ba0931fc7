/**
 * A refusal that reaches the client as AWS's error of that code, in the protocol of the call. The code is the wire's
 * (`ResourceContention`) or the SDK's name of the modelled exception (`ResourceContentionFault`): either is answered as
 * the service does. Without a status the modelled one is used, else 400.
 */
export class AwsError extends Error {
  readonly code: string
  readonly httpStatus: number | undefined

  constructor(code: string, message: string, httpStatus?: number) {
    super(message)
    this.name = 'AwsError'
    this.code = code
    this.httpStatus = httpStatus
  }
}
