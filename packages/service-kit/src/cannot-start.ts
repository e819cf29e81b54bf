/** What keeps a process from starting, in a sentence for the operator: what is wrong and how to mend it, no value. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart'
}
