import { writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { diceOf } from './test-dice.ts'
import { bothOf, pairOf, prepared } from './test-case.ts'
process.env.APOLLO_TELEMETRY_DISABLED='true'
let comp = 0, bad = 0, ops = 0, invalid = 0, cases = 0
const tally: Record<string, number> = {}
const t0 = Date.now()
let diffs = 0
await fc.assert(fc.asyncProperty(fc.gen(), async (gen) => {
  const dice = diceOf(gen)
  const pair = await pairOf(dice)
  if (typeof pair === 'string') { bad++; if (bad < 4) console.log(pair.slice(0, 3000)); return }
  comp++
  for (let i = 0; i < 8; i++) {
    const op = await prepared(pair, dice)
    if (!op) { invalid++; continue }
    ops++
    for (let j = 0; j < 8; j++) {
      const faults = j < 2 ? { fields: 0, answers: 0 } : j < 5 ? { fields: 15, answers: 3 } : { fields: 60, answers: 15 }
      const { stock, compiled } = await bothOf(pair, op, { seed: `${j}`, faults }) as any
      cases++
      for (const o of [stock]) { const k = o.thrown ? 'thrown' : o.errors.length ? 'errors' : o.completion.length ? 'completion' : 'fine'; tally[k] = (tally[k] ?? 0) + 1; if(o.thrown) tally[o.thrown.slice(0,40)] = (tally[o.thrown.slice(0,40)] ?? 0)+1 }
      if (JSON.stringify(stock) !== JSON.stringify(compiled) && diffs++ < 4) { { writeFileSync('/tmp/a', JSON.stringify(stock, null, 1)); writeFileSync('/tmp/b', JSON.stringify(compiled, null, 1)); console.log('DIFF', op.query, op.variables, spawnSync('diff', ['/tmp/a', '/tmp/b']).stdout.toString()) } }
    }
  }
  for (const [k, n] of pair.tally) tally['by ' + k] = (tally['by ' + k] ?? 0) + n
}), { numRuns: Number(process.argv[2] ?? 20), endOnFailure: true, seed: Number(process.argv[3] ?? 1) })
console.log({ comp, bad, ops, invalid, cases, diffs, tally, ms: Date.now() - t0 })
console.log((globalThis as any).inv)
