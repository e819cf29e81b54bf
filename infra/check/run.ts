import { print } from './repository.ts'
import { STATIC_CHECKS, type StaticCheck } from './run/checks.ts'
import { endTogether, runTool } from './run/child.ts'
import { missingTool } from './run/preflight.ts'
import { add, inWords, NOTHING, type Tally } from './run/tally.ts'
import { runTests, runTypes, secondsSince } from './run/tests.ts'

/** Lines of one failure that are shown: enough to begin mending, few enough to see the next failure. */
const LONGEST = 80

/** Runs one check of the whole tree and says at once how it went; what it complained about is kept for the end. */
async function check({ name, command, remedy }: StaticCheck): Promise<Tally> {
  const started = performance.now()
  const output: string[] = []
  const ok = (await runTool(command, (line) => output.push(line))) === 0
  print(`${ok ? '✔' : '✘'} ${name}  ${secondsSince(started)}`)
  if (ok) return { ...NOTHING, passed: 1 }
  return { ...NOTHING, failures: [{ what: name, why: [...output, remedy].join('\n') }] }
}

async function twoAtATime(checks: readonly StaticCheck[]): Promise<Tally> {
  const waiting = [...checks]
  const worker = async (): Promise<Tally> => {
    let tally = NOTHING
    for (let next = waiting.shift(); next; next = waiting.shift()) tally = add(tally, await check(next))
    return tally
  }
  return add(...(await Promise.all([worker(), worker()])))
}

function printFailures({ failures }: Tally): void {
  for (const { what, why } of failures) {
    const lines = why.trimEnd().split('\n')
    const shown =
      lines.length > LONGEST
        ? [...lines.slice(0, LONGEST - 3), `… ${lines.length - LONGEST} lines more …`, ...lines.slice(-3)]
        : lines
    print(`\n✘ ${what}\n${shown.map((line) => `    ${line}`).join('\n')}`)
  }
}

const missing = missingTool()
if (missing) {
  print(`${missing}\n0 passed, 1 failed`)
  process.exit(1)
}
endTogether()
const started = performance.now()
const clients: StaticCheck = {
  name: 'Prisma clients generated',
  command: [process.execPath, 'infra/check/prisma-clients.ts'],
  remedy: 'The message is Prisma’s own; services/*/prisma/schema.prisma is what it read.',
}
const total = add(await check(clients), await twoAtATime(STATIC_CHECKS), await runTypes(), await runTests())
printFailures(total)
print(`\nChecked in ${secondsSince(started)}.\n${inWords(total)}`)
process.exitCode ||= total.failures.length === 0 ? 0 : 1
