import { STATIC_CHECKS, type StaticCheck } from './checks.ts'
import { endTogether, runTool } from './child.ts'
import { missingTool } from './preflight.ts'
import { print } from './repository-root.ts'
import { add, inWords, NOTHING, type Tally } from './tally.ts'
import { runTests, runTypes } from './tests.ts'

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`

/** Runs one check of the whole tree and says at once how it went; what it complained about is kept for the end. */
async function check({ name, command, remedy }: StaticCheck): Promise<Tally> {
  const started = performance.now()
  const output: string[] = []
  const ok = (await runTool(command, (line) => output.push(line))) === 0
  print(`${ok ? '✔' : '✘'} ${name}  ${seconds(started)}`)
  if (ok) return { passed: 1, skipped: 0, failures: [] }
  return { passed: 0, skipped: 0, failures: [{ what: name, why: [...output, remedy].join('\n') }] }
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
      lines.length > 60 ? [...lines.slice(0, 55), `… ${lines.length - 58} lines more …`, ...lines.slice(-3)] : lines
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
  remedy: 'The message above is Prisma’s own.',
}
const total = add(await check(clients), await twoAtATime(STATIC_CHECKS), await runTypes(), await runTests())
printFailures(total)
print(`\nChecked in ${seconds(started)}.\n${inWords(total)}`)
process.exitCode ||= total.failures.length === 0 ? 0 : 1
