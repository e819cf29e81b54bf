/** What messaging needs of a logger; pino's fits. Fields carry ids, codes and counts only, never an event's data. */
export interface Log {
  info(fields: Record<string, unknown>, message: string): void
  warn(fields: Record<string, unknown>, message: string): void
  error(fields: Record<string, unknown>, message: string): void
}

/** Says nothing: for tests and for commands that print their own lines. */
export const silent: Log = { info() {}, warn() {}, error() {} }
