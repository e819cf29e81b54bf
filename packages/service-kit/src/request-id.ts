import { randomUUID } from 'node:crypto'

/** The asker's own id of the request where it is well formed, else a new one. */
export const requestIdOf = (given: unknown): string =>
  typeof given === 'string' && /^[\w.-]{8,64}$/.test(given) ? given : randomUUID()
