/** A server cannot be started. The message is one sentence for the person at the terminal: what is wrong, what to do. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart'
}
