import type { Notice } from '@satuanak/domain-kit'
import { refusal } from '@satuanak/graphql-kit'
import type { RegistryContext } from '../app.ts'
import { builder } from '../graphql/builder.ts'
import { ChildNotFound, childOf } from '../graphql/child.ts'
import { PaperKind } from '../graphql/paper.ts'
import { RegistryWarning } from '../graphql/warning.ts'
import { decidePaperRequest } from './decide-paper-request.ts'
import { DECISIONS } from './domain.ts'
import {
  KiaNotForThisChild,
  NikIsIssuedBySiak,
  PaperHeld,
  PaperRequestDecided,
  PaperRequestNotFound,
  PaperRequestOpen,
} from './errors.ts'
import { PaperRequestType, ProofEnum, RefusalReasonEnum, type Shown } from './graphql.ts'
import { findRequest } from './repository.ts'
import { requestPaper } from './request-paper.ts'

refusal(builder, PaperRequestOpen, {
  name: 'PaperRequestOpen',
  description: 'This paper is requested for this child already and not decided.',
})
refusal(builder, PaperHeld, { name: 'PaperHeld', description: 'The child holds this paper.' })
refusal(builder, KiaNotForThisChild, {
  name: 'KiaNotForThisChild',
  description: 'A KIA is for a child under 17 who never married (ID-31).',
})
refusal(builder, PaperRequestNotFound, {
  name: 'PaperRequestNotFound',
  description: 'No such request, or of a child that the caller may not know of.',
})
refusal(builder, PaperRequestDecided, { name: 'PaperRequestDecided', description: 'The request is decided already.' })
refusal(builder, NikIsIssuedBySiak, {
  name: 'NikIsIssuedBySiak',
  description: 'A NIK is recorded with `issueNik`, which closes its request.',
})

const DecisionEnum = builder.enumType('PaperDecision', {
  description: 'Taken up, issued, or not to be had.',
  values: DECISIONS,
})

interface Receipt {
  readonly shown: Shown | null
  readonly warnings: readonly Notice[]
}

const PaperRequestReceipt = builder.objectRef<Receipt>('PaperRequestReceipt').implement({
  description: 'The request as it stands by now, and what to look at again.',
  permission: 'anyone',
  fields: (t) => ({
    request: t.field({ type: PaperRequestType, permission: 'papers.read', resolve: ({ shown }) => shown }),
    warnings: t.field({
      type: [RegistryWarning],
      nullable: false,
      permission: 'anyone',
      resolve: ({ warnings }) => [...warnings],
    }),
  }),
})

async function shownAs(id: string, context: RegistryContext): Promise<Shown | null> {
  const request = await findRequest(context.app.db, id)
  const child = request && (await childOf(context)(request.childId))
  return child && { request, child }
}

const REQUEST_ID = 'Chosen by the client, one per intention (EC-46).'

const RequestPaperInput = builder.inputType('RequestPaperInput', {
  fields: (t) => ({
    requestId: t.field({ type: 'UUID', required: true, description: REQUEST_ID }),
    childId: t.field({ type: 'UUID', required: true }),
    paper: t.field({ type: PaperKind, required: true }),
    proof: t.field({ type: ProofEnum, required: true }),
  }),
})
const DecidePaperRequestInput = builder.inputType('DecidePaperRequestInput', {
  fields: (t) => ({
    requestId: t.field({ type: 'UUID', required: true, description: REQUEST_ID }),
    paperRequestId: t.field({ type: 'UUID', required: true }),
    decision: t.field({ type: DecisionEnum, required: true }),
    reason: t.field({ type: RefusalReasonEnum, description: 'With TIDAK_DAPAT, and only then.' }),
  }),
})

builder.mutationFields((t) => ({
  requestPaper: t.field({
    description: 'Request a paper for a child who lacks it; due in five working days (RF-02).',
    type: PaperRequestReceipt,
    permission: 'papers.request',
    args: { input: t.arg({ type: RequestPaperInput, required: true }) },
    errors: { types: [ChildNotFound, PaperHeld, PaperRequestOpen, KiaNotForThisChild] },
    resolve: async (_root, { input }, context) => {
      const { id, warnings } = await requestPaper(context.app, context.caller, input)
      return { shown: await shownAs(id, context), warnings }
    },
  }),
  decidePaperRequest: t.field({
    description: 'Take a request up, issue the paper, or say why it cannot be had (closes RF-02).',
    type: PaperRequestReceipt,
    permission: 'papers.decide',
    args: { input: t.arg({ type: DecidePaperRequestInput, required: true }) },
    errors: { types: [PaperRequestNotFound, PaperRequestDecided, NikIsIssuedBySiak] },
    resolve: async (_root, { input }, context) => {
      const id = await decidePaperRequest(context.app, context.caller, input)
      return { shown: await shownAs(id, context), warnings: [] }
    },
  }),
}))
