import { type DocumentNode, type GraphQLSchema, Kind } from 'graphql'
import type { GatewayRequest } from '../apollo.ts'

/** A request as Apollo Server hands it to a gateway. */
export function requestOf(
  gateway: { readonly schema?: GraphQLSchema },
  query: string,
  document: DocumentNode,
  variables: Record<string, unknown>,
) {
  const operation = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION)
  const quiet = () => undefined
  return {
    request: { query, variables },
    document,
    operation,
    operationName: 'O',
    queryHash: query,
    source: query,
    schema: gateway.schema,
    context: {},
    metrics: {},
    logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  } as unknown as GatewayRequest
}

export type Outcome =
  | { readonly thrown: string }
  | {
      /** As text: the order of fields is told, too. */
      readonly data: string | undefined
      readonly errors: readonly string[]
      readonly completion: readonly string[]
      readonly rest: Readonly<Record<string, unknown>>
    }

/**
 * All that a client can tell two answers apart by. The order of errors is that of the subgraphs' answers and no promise;
 * an error without a path is told once of what is asked once.
 */
export async function outcomeOf(executed: Promise<unknown>): Promise<Outcome> {
  try {
    const { data, errors, extensions, ...rest } = (await executed) as Record<string, unknown>
    return {
      data: JSON.stringify(data),
      errors: countedOnce(told(errors)).toSorted(),
      completion: told(completionOf(extensions)),
      rest,
    }
  } catch (error) {
    return { thrown: String(error) }
  }
}

const countedOnce = (errors: readonly string[]): string[] => [
  ...new Set(errors.filter((one) => JSON.parse(one)[1] === null)),
  ...errors.filter((one) => JSON.parse(one)[1] !== null),
]

const completionOf = (extensions: unknown) => (extensions as Record<string, unknown> | undefined)?.valueCompletion

function told(errors: unknown): string[] {
  return ((errors ?? []) as Record<string, never>[]).map(({ message, path, extensions }) =>
    JSON.stringify([message, path, extensions]),
  )
}
