/** One measurement: prints its figures and cleans up after itself. */
export interface Bench {
  /** One line for the list. */
  readonly about: string
  run(print: (line: string) => void): Promise<void>
}
