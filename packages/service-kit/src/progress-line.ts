/** Between two lines where nobody rewrites them, in milliseconds. */
const SELDOM = 5_000

/** Shows on standard error how far a command has come: on a terminal in the place of what it showed before. */
export function progressLine(): (line: string) => void {
  let said = 0
  return (line) => {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${line}`)
    else if (line !== '' && performance.now() - said > SELDOM) {
      said = performance.now()
      process.stderr.write(`${line}\n`)
    }
  }
}
