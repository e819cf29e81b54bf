import { isPersonaId, PERSONAS } from '@satuanak/demo-city'
import type { DevIssuer } from '@satuanak/identity'

/** What a command leaves: nothing on stdout but what was asked for, so that it can be put into a variable. */
export interface Said {
  readonly code: number
  readonly out: string
  readonly err: string
}

/**
 * Without a name: who there is. With one: a token that the gateway of this machine takes for that persona, for an hour.
 * @param issuer opened only when a token is asked for
 */
export async function tokenCommand(name: string | undefined, issuer: () => Promise<DevIssuer>): Promise<Said> {
  if (name === undefined) return { code: 0, out: list(), err: '' }
  if (!isPersonaId(name)) return { code: 1, out: '', err: `There is no persona "${name}". There are:\n${list()}` }
  return { code: 0, out: `${await (await issuer()).token(PERSONAS[name].caller)}\n`, err: '' }
}

function list(): string {
  const width = Math.max(...Object.keys(PERSONAS).map(({ length }) => length))
  const lines = Object.entries(PERSONAS).map(
    ([name, { caller, says }]) =>
      `${name.padEnd(width)}  ${caller.name}, ${caller.roles.join(', ')}\n${' '.repeat(width)}  ${says.id}\n${' '.repeat(width)}  ${says.en}`,
  )
  return `${lines.join('\n')}\n`
}
