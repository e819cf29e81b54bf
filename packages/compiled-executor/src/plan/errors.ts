import { ERRORS, errorCodeDef } from '@apollo/federation-internals'
import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import { hydratedPaths } from './path.ts'

type Path = readonly (string | number)[]

/** Where a fetch stands in the plan, and what became of its representations. */
export interface FetchPlace {
  readonly serviceName: string
  readonly path: readonly string[]
  /** Whether it asks for entities. */
  readonly isEntities: boolean
  readonly fullResult: unknown
  /** Which representations were asked for as the nth: more than one where they are equal. */
  readonly askedAs: ReadonlyMap<number, readonly number[]> | undefined
}

/** A subgraph's errors as the client reads them: at the client's path, once for each of equal representations. */
export function placedErrors(errors: readonly GraphQLFormattedError[], place: FetchPlace): GraphQLError[] {
  let hydrated: Path[] | undefined
  return errors.flatMap((error) => {
    const { path } = error
    const index = path?.[1]
    if (!path || !place.isEntities || typeof index !== 'number') {
      return [downstream(error, place.serviceName, path && [...place.path, ...path])]
    }
    hydrated ??= hydratedPaths(place.path, place.fullResult)
    const known = hydrated
    const all = place.askedAs?.get(index) ?? [index]
    return all.map((one) => downstream(error, place.serviceName, [...(known[one] ?? []), ...path.slice(2)]))
  })
}

function downstream(error: GraphQLFormattedError, serviceName: string, path: Path | undefined): GraphQLError {
  const { extensions } = error
  const message = error.message || `Error while fetching subquery from service "${serviceName}"`
  const options = { originalError: error as Error, path: path as Path, extensions: { ...extensions, serviceName } }
  const known = errorCodeDef(error as GraphQLError)
  if (!known && extensions?.code) return new GraphQLError(message, options)
  return (known ?? ERRORS.DOWNSTREAM_SERVICE_ERROR).err(message, options)
}
