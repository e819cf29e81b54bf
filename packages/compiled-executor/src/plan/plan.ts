import type { VariableDefinitions } from '@apollo/federation-internals'
import {
  type ConditionNode,
  evaluateCondition,
  type FlattenNode,
  type PlanNode,
  type QueryPlan,
} from '@apollo/query-planner'
import type { GraphQLSchema } from 'graphql'
import { NotCompiled } from '../not-compiled.ts'
import { compileFetch } from './fetch.ts'
import { compileFlatten } from './path.ts'
import type { Step } from './run.ts'

/** What a plan is compiled against. */
export interface PlanWorld {
  readonly supergraph: GraphQLSchema
  readonly variables: VariableDefinitions
}

/**
 * Compiles a query plan; undefined where nothing is to be fetched.
 * @throws NotCompiled with the reason.
 */
export function compilePlan({ node }: QueryPlan, world: PlanWorld): Step | undefined {
  if (!node) return undefined
  if (node.kind === 'Subscription') throw new NotCompiled('subscription')
  return compileNode(node, world, [])
}

function compileNode(node: PlanNode, world: PlanWorld, path: readonly string[]): Step {
  switch (node.kind) {
    case 'Fetch':
      if (node.contextRewrites?.length) throw new NotCompiled('context')
      return compileFetch(world.supergraph, node, path)
    case 'Flatten':
      return flatten(node, world, path)
    case 'Sequence':
      return sequence(node.nodes.map((one) => compileNode(one, world, path)))
    case 'Parallel':
      return parallel(node.nodes.map((one) => compileNode(one, world, path)))
    case 'Condition':
      return condition(node, world, path)
    case 'Defer':
      throw new NotCompiled('defer')
    default:
      throw new NotCompiled('unknown-node', node satisfies never)
  }
}

// Each node waits as often as the stock executor's does: two branches of a plan then go on in the same order.
const sequence =
  (steps: readonly Step[]): Step =>
  async (run, data) => {
    for (const step of steps) await step(run, data)
  }

const parallel =
  (steps: readonly Step[]): Step =>
  async (run, data) => {
    await Promise.all(steps.map(async (step) => step(run, data)))
  }

function flatten(node: FlattenNode, world: PlanWorld, path: readonly string[]): Step {
  const names = node.path.map((step) => {
    if (typeof step !== 'string') throw new NotCompiled('path')
    return step
  })
  const find = compileFlatten(names)
  const inner = compileNode(node.node, world, [...path, ...names])
  return async (run, data) => {
    const found = find(data)
    await (found ? inner(run, found) : undefined)
  }
}

function condition(node: ConditionNode, world: PlanWorld, path: readonly string[]): Step {
  const compiled = (clause: PlanNode | undefined) => clause && compileNode(clause, world, path)
  const whenTrue = compiled(node.ifClause)
  const whenFalse = compiled(node.elseClause)
  return async (run, data) => {
    const holds = evaluateCondition(node, world.variables, run.request.request.variables)
    const branch = holds ? whenTrue : whenFalse
    if (branch) await branch(run, data)
  }
}
