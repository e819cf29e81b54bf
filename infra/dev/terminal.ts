/** What the launcher says, and what each process says behind its own name. */
export interface Terminal {
  /** One line of the launcher's own. */
  say(line: string): void
  /** Takes the lines of a process. */
  lines(name: string): (line: string) => void
}

const COLOURS = [36, 33, 35, 32, 34, 96, 93, 95] // ANSI foregrounds; red is left to trouble
const WIDTH = 'civil-registry'.length

export function createTerminal(write: (text: string) => void, colour: boolean): Terminal {
  const colours = new Map<string, number>()
  const label = (name: string) => {
    const padded = name.padEnd(WIDTH)
    if (!colour) return `${padded} | `
    const code = colours.get(name) ?? COLOURS[colours.size % COLOURS.length] ?? 36
    colours.set(name, code)
    return `\u001b[${code}m${padded} |\u001b[0m `
  }
  return {
    say: (line) => write(`${line}\n`),
    lines: (name) => (line) => write(`${label(name)}${line}\n`),
  }
}
