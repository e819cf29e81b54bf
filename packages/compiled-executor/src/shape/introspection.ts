import type { FieldSelection } from '@apollo/federation-internals'
import {
  type ASTNode,
  type DocumentNode,
  executeSync,
  type FieldNode,
  type GraphQLSchema,
  Kind,
  OperationTypeNode,
  type VariableDefinitionNode,
  visit,
} from 'graphql'
import { getOwn, promised } from '../own.ts'
import type { ShapeRun } from './run.ts'

/** Compiles `__schema` or `__type`: its document is made once, and answered from the schema the client sees. */
export function compileIntrospection(
  schema: GraphQLSchema,
  definitions: readonly VariableDefinitionNode[],
  selection: FieldSelection,
): (run: ShapeRun) => unknown {
  const node = selection.expandFragments().toSelectionNode() as FieldNode
  const document = documentOf(node, definitions)
  const name = (node.alias ?? node.name).value
  return ({ given }) => {
    const { data, errors } = executeSync({ schema, document, rootValue: {}, variableValues: given as never })
    const what = () => `Introspection query for ${JSON.stringify(node)} should not have failed`
    promised(!errors || errors.length === 0, () => `${what()} but got ${JSON.stringify(errors)}`)
    promised(data, what)
    return getOwn(data, name)
  }
}

/** A node without its place in the text: each holds on to every token of its document. */
export const withoutPlace = <T extends ASTNode>(node: T): T =>
  JSON.parse(JSON.stringify(node), (key, value) => (key === 'loc' ? undefined : value))

function documentOf(node: FieldNode, definitions: readonly VariableDefinitionNode[]): DocumentNode {
  const used = new Set<string>()
  visit(node, { Variable: ({ name }) => void used.add(name.value) })
  return {
    kind: Kind.DOCUMENT,
    definitions: [
      {
        kind: Kind.OPERATION_DEFINITION,
        operation: OperationTypeNode.QUERY,
        variableDefinitions: definitions.filter(({ variable }) => used.has(variable.name.value)),
        selectionSet: { kind: Kind.SELECTION_SET, selections: [node] },
      },
    ],
  }
}
