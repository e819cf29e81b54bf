/** One setting that the running broker and the declaration do not agree on. */
export interface Difference {
  readonly setting: string
  readonly running: unknown
  readonly declared: unknown
}

/** A running stream or consumer is not what is declared: someone changed one of the two by hand. */
export class BrokerDrift extends Error {
  override readonly name = 'BrokerDrift'
  readonly differences: readonly Difference[]
  constructor(what: string, differences: readonly Difference[]) {
    const lines = differences.map(
      ({ setting, running, declared }) => `  ${setting}: running ${shown(running)}, declared ${shown(declared)}`,
    )
    super(`${what} differs from its declaration (packages/messaging/src/broker):\n${lines.join('\n')}`)
    this.differences = differences
  }
}

/**
 * Compares every declared setting with the running one. Settings that a newer broker adds on its own are no drift.
 *
 * @throws BrokerDrift listing each difference
 */
export function refuseDrift(what: string, declared: Readonly<Record<string, unknown>>, running: object): void {
  const actual = new Map<string, unknown>(Object.entries(running))
  const differences = Object.entries(declared)
    .map(([setting, value]) => ({ setting, running: actual.get(setting), declared: value }))
    .filter(({ running: is, declared: should }) => !same(is, should))
  if (differences.length > 0) throw new BrokerDrift(what, differences)
}

// A broker leaves out what is false, zero or empty.
function same(running: unknown, declared: unknown): boolean {
  return JSON.stringify(running ?? blank(declared)) === JSON.stringify(declared)
}

function blank(like: unknown): unknown {
  return typeof like === 'boolean' ? false : typeof like === 'number' ? 0 : undefined
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value)
}
