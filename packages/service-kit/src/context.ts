import type { ChildId } from '@satuanak/contracts'
import { type GraphContext, graphError, localeFrom } from '@satuanak/graphql-kit'
import { bearerOf, type Caller, type Denial, type Permission, Unauthenticated, type Verify } from '@satuanak/identity'
import type { GraphQLError } from 'graphql'
import type { GraphqlRequest } from './http.ts'

/** What a resolver is given: who asks, in which language, the app, and where to note whose data was read. */
export interface ServiceContext<Own = unknown> extends GraphContext {
  readonly app: Own
  /** What this operation reads; one audit row says so before the answer leaves (PV-05). */
  readonly reads: Reads
  /** What this operation was refused; one audit row per permission says so. */
  readonly refused: Map<Permission, Refused>
}

interface Reads {
  readonly subjects: Set<ChildId>
  readonly permissions: Set<Permission>
}

interface Refused {
  readonly reasons: Set<Denial>
  readonly children: Set<ChildId>
}

/** The part of a context that remembers what its operation reads and is refused. */
export function recording(): Required<Pick<ServiceContext, 'reads' | 'refused' | 'onRefused'>> {
  const refused = new Map<Permission, Refused>()
  return {
    reads: { subjects: new Set(), permissions: new Set() },
    refused,
    onRefused: ({ permission, reason, child }) => {
      const known = refused.get(permission) ?? { reasons: new Set(), children: new Set() }
      refused.set(permission, known)
      known.reasons.add(reason)
      if (child !== null) known.children.add(child)
    },
  }
}

/** Notes that a child's data is about to be shown, by virtue of which permission. */
export function noteRead({ reads }: ServiceContext, child: ChildId, permission: Permission): void {
  reads.subjects.add(child)
  reads.permissions.add(permission)
}

interface ContextParts<Own> {
  readonly app: Own
  readonly verify: Verify
  readonly request: GraphqlRequest
}

/** Milliseconds for which the gateway still waits for the answer, from the arrival of the request. */
const DEADLINE = 'x-deadline-ms'

/**
 * The caller is known first: only from the gateway is it believed how long the answer is waited for.
 * @throws GraphQLError 401 where the gateway's signature is missing or not for this subgraph.
 */
export async function createContext<Own>({ app, verify, request }: ContextParts<Own>): Promise<ServiceContext<Own>> {
  const caller = await callerOf(request.headers.get('authorization'), verify)
  const deadline = request.headers.get(DEADLINE)
  if (deadline !== undefined && /^\d{1,9}$/.test(deadline)) request.time.endWithin(Number(deadline))
  return {
    app,
    caller,
    locale: localeFrom(request.headers.get('accept-language')),
    ...recording(),
  }
}

async function callerOf(authorization: string | undefined, verify: Verify): Promise<Caller> {
  try {
    return await verify(bearerOf(authorization))
  } catch (error) {
    if (error instanceof Unauthenticated) throw stranger()
    throw error
  }
}

const GATEWAY_ONLY = {
  id: 'Layanan ini hanya menjawab gateway.',
  en: 'This service answers the gateway only.',
}

function stranger(): GraphQLError {
  return graphError('UNAUTHENTICATED', GATEWAY_ONLY, null, { http: { status: 401 } })
}
