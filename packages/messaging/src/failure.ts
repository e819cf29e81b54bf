/**
 * Thrown by a handler that no repetition can help: the event goes to the dead letters at once.
 *
 * @param reason a sentence of codes and ids; it is kept and shown, so it names nobody
 */
export class PermanentFailure extends Error {
  override readonly name = 'PermanentFailure'
}

/**
 * What may be kept and logged of a failure: its name, its code and the line of ours it came from. Never its message,
 * in which databases and parsers like to repeat the values they met.
 */
export function describeFailure(error: unknown): string {
  if (error instanceof PermanentFailure) return error.message.replaceAll(/\d{16,}/g, '…')
  if (!(error instanceof Error)) return `a thrown ${typeof error}`
  const code = 'code' in error && /^[\w.-]{1,40}$/.test(String(error.code)) ? ` ${String(error.code)}` : ''
  const at = firstFrame(error.stack)
  return `${error.name}${code}${at ? ` at ${at}` : ''}`
}

/** `function (file.ts:12:3)` of the first frame that is neither Node's nor a dependency's. */
function firstFrame(stack: string | undefined): string | undefined {
  const frame = stack
    ?.split('\n')
    .find((line) => /^\s+at /.test(line) && !line.includes('node:') && !line.includes('node_modules'))
  return frame?.replace(/^\s+at /, '').replace(/(\(?)(?:file:\/\/)?\S*\/([^/\s]+)$/, '$1$2')
}
