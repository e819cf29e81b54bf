/** Why an agency gave no answer, for metrics and the breaker. */
export type AwayKind = 'connection' | 'timeout' | 'cancelled' | 'circuit-open'

/** An agency that did not answer. `message` names the kind of the fault for the log, never an address. */
export class Away extends Error {
  readonly kind: AwayKind
  /** When the agency is asked again, in milliseconds since 1970; with `circuit-open` only. */
  readonly retryAt: number | undefined

  constructor(kind: AwayKind, message: string, retryAt?: number) {
    super(message)
    this.kind = kind
    this.retryAt = retryAt
  }
}
