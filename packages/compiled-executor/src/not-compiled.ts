/** Why an operation is carried out by the stock executor. */
export const REASONS = {
  first: 'the plan is made by the stock gateway, which then carries it out: the next one is compiled',
  traces: 'federated tracing (ftv1) is asked for: traces are built of the stock nodes',
  debug: 'the gateway runs with `debug`, or the client asks to be shown the plan',
  operation: 'the operation cannot be read for shaping its answer',
  size: 'too many selections, with its fragments opened: compiled, it would take the memory of many others',
  subscription: 'neither executor carries out subscriptions; the refusal is the stock one',
  defer: 'neither executor carries out @defer; the refusal is the stock one',
  context: '@fromContext: the stock executor does not carry it out either; what it does is left to it',
  path: 'a path with something other than names and @',
  'unknown-node': 'a kind of node that this version does not know',
  failed: 'compiling failed in a way nobody foresaw; the log has the error',
} as const

export type Reason = keyof typeof REASONS

/** A plan or an operation that this version does not compile. */
export class NotCompiled extends Error {
  override readonly name = 'NotCompiled'
  readonly reason: Reason

  constructor(reason: Reason, detail?: unknown) {
    super(detail === undefined ? REASONS[reason] : `${REASONS[reason]}: ${JSON.stringify(detail)}`)
    this.reason = reason
  }
}
