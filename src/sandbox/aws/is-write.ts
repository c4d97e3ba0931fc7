const READING = /^(Describe|Get|List|BatchGet|Query|Scan|Filter|Search|Lookup|Simulate|AssumeRole|Decode)/

/**
 * Whether an operation changes anything, judged by its name, as AWS's naming allows for the services here.
 *
 * @example isWrite('SetDesiredCapacity') // true
 */
export function isWrite(operation: string): boolean {
  return !READING.test(operation)
}
