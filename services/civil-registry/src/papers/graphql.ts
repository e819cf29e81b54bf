import type { ChildId } from '@satuanak/contracts'
import { connection, createCursor, loader, pageArgs, pageRequest } from '@satuanak/graphql-kit'
import { noteRead } from '@satuanak/service-kit'
import type { RegistryContext } from '../app.ts'
import { builder } from '../graphql/builder.ts'
import { type Child, ChildType, childOf, factsOf } from '../graphql/child.ts'
import { PaperKind } from '../graphql/paper.ts'
import { isOverdue, type PaperRequest, PROOFS, REFUSAL_REASONS, REQUEST_STATES } from './domain.ts'
import { listPaperRequests } from './list-paper-requests.ts'
import { findRequestsOf } from './repository.ts'

const MAY = 'papers.read'

export const ProofEnum = builder.enumType('PaperProof', {
  description:
    'What a request rests on. SPTJM: the family answers for the truth itself; LAPORAN_POLISI: a foundling, or who has ' +
    'nobody to answer (RF-02).',
  values: PROOFS,
})
const StateEnum = builder.enumType('PaperRequestState', {
  description: 'DIAJUKAN and DIPROSES are open, TERBIT and TIDAK_DAPAT the outcomes of RF-02.',
  values: REQUEST_STATES,
})
export const RefusalReasonEnum = builder.enumType('PaperRefusalReason', {
  description: 'Why a paper cannot be had (RF-02).',
  values: REFUSAL_REASONS,
})

export interface Shown {
  readonly request: PaperRequest
  readonly child: Child
}

export const PaperRequestType = builder.objectRef<Shown>('PaperRequest').implement({
  description: 'A paper that was requested for a child who lacks it, and what came of it (RF-02).',
  permission: MAY,
  facts: ({ child }) => factsOf(child),
  child: ({ child }) => child.id,
  fields: (t) => ({
    id: t.field({ type: 'UUID', nullable: false, permission: MAY, resolve: ({ request }) => request.id }),
    child: t.field({ type: ChildType, permission: 'child.refer', resolve: ({ child }) => child }),
    paper: t.field({ type: PaperKind, nullable: false, permission: MAY, resolve: ({ request }) => request.paper }),
    proof: t.field({ type: ProofEnum, nullable: false, permission: MAY, resolve: ({ request }) => request.proof }),
    state: t.field({ type: StateEnum, nullable: false, permission: MAY, resolve: ({ request }) => request.state }),
    reason: t.field({ type: RefusalReasonEnum, permission: MAY, resolve: ({ request }) => request.reason }),
    late: t.boolean({
      description: 'The birth is reported more than 60 days after; free all the same (ID-18).',
      nullable: false,
      permission: MAY,
      resolve: ({ request }) => request.late,
    }),
    requestedAt: t.field({
      type: 'DateTime',
      nullable: false,
      permission: MAY,
      resolve: ({ request }) => request.requestedAt,
    }),
    dueAt: t.field({
      description: 'The close of office on the fifth working day (RF-02).',
      type: 'DateTime',
      nullable: false,
      permission: MAY,
      resolve: ({ request }) => request.dueAt,
    }),
    overdue: t.boolean({
      nullable: false,
      permission: MAY,
      resolve: ({ request }, _args, { app }) => isOverdue(request, app.now()),
    }),
    decidedAt: t.field({ type: 'DateTime', permission: MAY, resolve: ({ request }) => request.decidedAt }),
  }),
})

/** Requests of many records in one statement; a child's are those under all its ids. */
const requestsOf = (context: RegistryContext) =>
  loader(context, 'paperRequests', async (ids: readonly ChildId[]) => {
    const found = await findRequestsOf(context.app.db, ids)
    return new Map(ids.map((id) => [id, found.filter(({ childId }) => childId === id)]))
  })

builder.objectField(ChildType, 'paperRequests', (t) =>
  t.field({
    description: 'Papers that were requested for this child, the latest first (RF-02).',
    type: [PaperRequestType],
    permission: MAY,
    resolve: async (child, _args, context) => {
      if (child.persons.length === 0) return null
      noteRead(context, child.id, MAY)
      const found = await Promise.all(child.group.ids.map(requestsOf(context)))
      const all = found.flatMap((requests) => requests ?? [])
      return all.toSorted((one, other) => (one.id < other.id ? 1 : -1)).map((request) => ({ request, child }))
    },
  }),
)

const PaperRequestConnection = connection(builder, 'PaperRequestConnection', {
  node: PaperRequestType,
  permission: MAY,
})
const BY_DUE = createCursor('paperRequests', ['instant', 'uuid'])

builder.queryField('paperRequests', (t) =>
  t.field({
    description: 'Requests for papers that are still open, or in one state; what is due first first (RF-02).',
    type: PaperRequestConnection,
    permission: MAY,
    args: {
      state: t.arg({ type: StateEnum }),
      paper: t.arg({ type: PaperKind }),
      kelurahan: t.arg.string({ description: '`33.75.03.1004` (ID-23).' }),
      overdue: t.arg.boolean({ description: 'Only those whose limit is past.' }),
      ...pageArgs(builder),
    },
    resolve: async (_root, args, context) => {
      const ask = pageRequest(args, BY_DUE)
      const rows = await listPaperRequests(context.app, context.caller, { ...args, after: ask.after, limit: ask.limit })
      const page = ask.page(rows, ({ dueAt, id }) => [dueAt.toString(), id])
      for (const { childId } of page.nodes) noteRead(context, childId, MAY)
      const nodes = await Promise.all(
        page.nodes.map(async (request) => {
          const child = await childOf(context)(request.childId)
          return child && { request, child }
        }),
      )
      return { pageInfo: page.pageInfo, nodes: nodes.filter((node) => node !== null) }
    },
  }),
)
