import { parentPort, workerData } from 'node:worker_threads'
import { operationFromDocument, Supergraph } from '@apollo/federation-internals'
import { QueryPlanner, type QueryPlannerConfig } from '@apollo/query-planner'
import { parse } from 'graphql'
import type { PlanAnswer, PlannerData, PlanQuestion } from './planner-thread.ts'

/** The thread itself: one supergraph, one question after the other. */
const { supergraphSdl, config } = workerData as PlannerData
const supergraph = Supergraph.build(supergraphSdl, { validateSupergraph: false })
const api = supergraph.apiSchema()
const planner = new QueryPlanner(supergraph, config as QueryPlannerConfig)

function answer({ id, source, operationName }: PlanQuestion): PlanAnswer {
  try {
    const document = parse(source, { noLocation: true })
    const operation = operationFromDocument(api, document, operationName === undefined ? {} : { operationName })
    return { id, plan: planner.buildQueryPlan(operation) }
  } catch {
    // Whoever asked makes the plan itself, and meets the same error where it can be told.
    return { id }
  }
}

parentPort?.on('message', (question: PlanQuestion) => parentPort?.postMessage(answer(question)))
parentPort?.postMessage({ id: 0 } satisfies PlanAnswer)
