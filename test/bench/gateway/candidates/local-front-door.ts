import { type DocumentNode, type ExecutionResult, execute, parse } from 'graphql'
import { frontDoorSchema } from '../../../../gateway/src/front-door.ts'

const schema = frontDoorSchema()
const documents = new Map<string, DocumentNode>()

/** The gateway's own part of the graph, in the process of a peer: as it is in ours, no fetch goes out for it. */
export function askFrontDoor(
  asked: DocumentNode | string,
  variableValues: Readonly<Record<string, unknown>> = {},
): ExecutionResult | PromiseLike<ExecutionResult> {
  return execute({ schema, document: typeof asked === 'string' ? parsed(asked) : asked, variableValues })
}

function parsed(text: string): DocumentNode {
  const known = documents.get(text)
  if (known) return known
  const document = parse(text)
  documents.set(text, document)
  return document
}
