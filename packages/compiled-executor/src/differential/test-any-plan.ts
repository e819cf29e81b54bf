import type { FetchDataRewrite, FetchNode, PlanNode, QueryPlanSelectionNode } from '@apollo/query-planner'
import { OperationTypeNode } from 'graphql'
import type { Dice } from './test-dice.ts'

/** What any plan is about; no plan for it need make sense. */
export const SDL = `
  type Query { one: Node list: [Node] pairs: [[Item!]] face: Face! either: Either }
  type Mutation { one: Node }
  interface Face { id: ID! name: String }
  type Node implements Face { id: ID! name: String items(at: Int): [Item!] face: Face either: Either any: Anything count: Int! }
  type Item implements Face { id: ID! name: String node: Node! colours: [Colour!]! share: Float isIt: Boolean }
  union Either = Node | Item
  enum Colour { RED GREEN }
  scalar Anything
`

const NAMES = [
  'one',
  'list',
  'pairs',
  'face',
  'either',
  'id',
  'name',
  'items',
  'any',
  'count',
  'node',
  'colours',
  '__proto__',
  'constructor',
]
const INTO = ['one', 'list', '@', 'pairs', 'face', 'either', 'items', 'node', '__proto__'] as const
const TYPES = ['Node', 'Item', 'Face', 'Either', 'Nobody', 'Colour'] as const

/** A plan such as no planner makes: whatever the executors are given, they must do the same with it. */
export function anyPlan(dice: Dice, depth = 4): PlanNode {
  const inner = () => anyPlan(dice, depth - 1)
  const many = () => Array.from({ length: 1 + dice.below(3) }, inner)
  if (depth === 4) return { kind: 'Sequence', nodes: [fetch(dice, false), ...many()] }
  if (depth <= 0) return fetch(dice, dice.percent(80))
  switch (dice.below(6)) {
    case 0:
      return { kind: 'Sequence', nodes: many() }
    case 1:
      return { kind: 'Parallel', nodes: many() }
    case 2:
      return {
        kind: 'Condition',
        condition: dice.of(['must', 'may', 'absent']),
        ...(dice.percent(80) && { ifClause: inner() }),
        ...(dice.percent(50) && { elseClause: inner() }),
      }
    case 3:
      return fetch(dice, dice.percent(50))
    default:
      return {
        kind: 'Flatten',
        path: dice.percent(60)
          ? dice.of([
              ['list', '@'],
              ['one'],
              ['face'],
              ['either'],
              ['one', 'items', '@'],
              ['list', '@', 'items', '@'],
              ['pairs', '@', '@'],
            ])
          : Array.from({ length: 1 + dice.below(3) }, () => dice.of(INTO)),
        node: inner(),
      }
  }
}

function fetch(dice: Dice, isEntities: boolean): FetchNode {
  return {
    kind: 'Fetch',
    serviceName: dice.percent(97) ? dice.of(['s0', 's1']) : 'nobody',
    operation: `query { n${dice.below(1_000_000)} }`,
    operationName: 'N',
    operationKind: OperationTypeNode.QUERY,
    variableUsages: dice.of([[], ['must', 'at'], ['representations']].slice(0, dice.percent(98) ? 2 : 3)),
    ...(isEntities && { requires: Array.from({ length: 1 + dice.below(2) }, () => requirement(dice)) }),
    ...(dice.percent(40) && { inputRewrites: [rewrite(dice)] }),
    ...(dice.percent(40) && { outputRewrites: [rewrite(dice), rewrite(dice)] }),
  }
}

function requirement(dice: Dice): QueryPlanSelectionNode {
  const fields = ['__typename', ...Array.from({ length: dice.below(3) }, () => dice.of(NAMES))]
  return {
    kind: 'InlineFragment',
    ...(dice.percent(95) && { typeCondition: dice.of(TYPES) }),
    selections: [
      ...fields.map((name) => ({ kind: 'Field' as const, name, ...(dice.percent(10) && { alias: dice.of(NAMES) }) })),
      ...(dice.percent(25) ? [{ kind: 'Field' as const, name: dice.of(NAMES), selections: [requirement(dice)] }] : []),
      ...(dice.percent(15) ? [requirement(dice)] : []),
    ],
  }
}

function rewrite(dice: Dice): FetchDataRewrite {
  const steps = Array.from({ length: dice.below(3) }, () =>
    dice.percent(50) ? `... on ${dice.of(TYPES)}` : dice.of(NAMES),
  )
  const path = dice.percent(98) ? [...steps, dice.of(NAMES)] : []
  return dice.percent(50)
    ? {
        kind: 'ValueSetter',
        path: dice.percent(60) ? [...steps, '__typename'] : path,
        setValueTo: dice.of(['Face', 'Node', 7]),
      }
    : { kind: 'KeyRenamer', path, renameKeyTo: dice.of(NAMES) }
}
