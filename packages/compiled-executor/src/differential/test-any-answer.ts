import type { GraphQLDataSource } from '@apollo/gateway'
import { hash } from './test-dice.ts'
import { type Faults, faultyAnswer } from './test-faults.ts'
import { overTheWire } from './test-subgraph.ts'

type Process = Parameters<GraphQLDataSource['process']>[0]

const NAMES = [
  'id',
  'name',
  'items',
  'face',
  'either',
  'any',
  'count',
  'node',
  'colours',
  'share',
  'isIt',
  '__proto__',
  'constructor',
  'kind',
  'xid',
]
const ROOTS = ['one', 'list', 'pairs', 'face', 'either', '__proto__', 'xone']
const TYPES = ['Node', 'Item', 'Node', 'Item', 'Face', 'Nobody', 'Query']
const LEAVES = ['RED', 'text', 1, 2.5, true, null, null, 'Node']

/** A subgraph that answers anything: mostly of the right shape, by the field's name. */
export function anySource(seed: () => string, faults: Faults): GraphQLDataSource {
  return {
    process: async ({ request }: Process) => {
      const { representations } = (request.variables ?? {}) as { representations?: unknown[] }
      const of = `${seed()} ${request.query}`
      const all = Array.isArray(representations) ? representations.map((one) => JSON.stringify(one)) : undefined
      const data = all ? { _entities: all.map((key) => object(`${of} ${key}`, NAMES, 2)) } : object(of, ROOTS, 3)
      const first = [...(all ?? []).keys()].filter((index) => all?.[index] === all?.[0])
      return overTheWire(faultyAnswer(of, faults, { data: data as Record<string, unknown>, first }))
    },
  }
}

function object(seed: string, names: readonly string[], depth: number): unknown {
  const output: Record<string, unknown> = Object.create(null)
  if (hash(`typed ${seed}`) % 10 < 8) output.__typename = TYPES[hash(`type ${seed}`) % TYPES.length]
  for (const name of names) {
    if (hash(`has ${seed} ${name}`) % 10 < 6) output[name] = fieldValue(`${seed} ${name}`, name, depth)
  }
  return output
}

function fieldValue(seed: string, name: string, depth: number): unknown {
  const chance = hash(`value ${seed}`)
  if (chance % 25 === 0) return LEAVES[Math.floor(chance / 25) % LEAVES.length]
  if (name === 'id' || name === 'xid') return String(chance % 3)
  if (name === 'count') return chance % 10
  if (name === 'colours') return ['RED', 'GREEN'].slice(0, chance % 3)
  if (depth <= 0 || ['name', 'share', 'isIt', 'kind', 'constructor'].includes(name))
    return LEAVES[chance % LEAVES.length]
  const one = (index: number) => object(`${seed} ${index}`, NAMES, depth - 1)
  if (name === 'pairs') return [[one(0), one(1)], [one(0)]]
  return name === 'list' || name === 'items' ? Array.from({ length: chance % 3 }, (_, index) => one(index)) : one(0)
}
