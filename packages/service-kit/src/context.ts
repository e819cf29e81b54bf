import type { ChildId } from '@satuanak/contracts'
import { type GraphContext, graphError, localeFrom } from '@satuanak/graphql-kit'
import { type Caller, type Permission, Unauthenticated } from '@satuanak/identity'
import type { GraphQLError } from 'graphql'
import type { GraphqlRequest } from './http.ts'

/** What a resolver is given: who asks, in which language, the app, and where to note whose data was read. */
export interface ServiceContext<Own = unknown> extends GraphContext {
  readonly app: Own
  /** What this operation reads; one audit row says so before the answer leaves (PV-05). */
  readonly reads: Reads
}

interface Reads {
  readonly subjects: Set<ChildId>
  readonly permissions: Set<Permission>
}

/** Notes that a child's data is about to be shown, by virtue of which permission. */
export function noteRead({ reads }: ServiceContext, child: ChildId, permission: Permission): void {
  reads.subjects.add(child)
  reads.permissions.add(permission)
}

interface ContextParts<Own> {
  readonly app: Own
  readonly verify: (token: string) => Promise<Caller>
  readonly request: GraphqlRequest
}

/** @throws GraphQLError 401 where the gateway's signature is missing or not for this subgraph. */
export async function createContext<Own>({ app, verify, request }: ContextParts<Own>): Promise<ServiceContext<Own>> {
  const token = /^Bearer (\S+)$/.exec(request.headers.get('authorization') ?? '')?.[1] ?? ''
  const caller = await verify(token).catch((error: unknown) => {
    if (error instanceof Unauthenticated) throw refused()
    throw error
  })
  return {
    app,
    caller,
    locale: localeFrom(request.headers.get('accept-language')),
    reads: { subjects: new Set(), permissions: new Set() },
  }
}

const GATEWAY_ONLY = {
  id: 'Layanan ini hanya menjawab gateway.',
  en: 'This service answers the gateway only.',
}

function refused(): GraphQLError {
  return graphError('UNAUTHENTICATED', GATEWAY_ONLY, null, { http: { status: 401 } })
}
