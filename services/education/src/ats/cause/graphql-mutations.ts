import { builder } from '../../graphql/builder.ts'
import { REQUEST_ID } from '../../graphql/references.ts'
import { AtsNotReady, AtsRecordNotFound } from '../errors.ts'
import { AtsRecordType } from '../graphql.ts'
import { proposeAtsRecord } from '../proposal/propose-ats-record.ts'
import { findAtsRecord } from '../repository.ts'
import { decideAtsOpd } from './decide-ats-opd.ts'
import { CauseAtOpd, InstrumentMissing, NothingToDecide, OpdUndecided } from './errors.ts'
import { OpdEnum, ReasonEnum } from './graphql.ts'
import { mapAtsCauses } from './map-ats-causes.ts'

const CauseInput = builder.inputType('AtsCauseInput', {
  fields: (t) => ({
    reason: t.field({ type: ReasonEnum, required: true }),
    primary: t.boolean({ required: true, description: 'Of exactly one cause (TUN-R5).' }),
    opd: t.field({ type: OpdEnum, description: 'One of the reason’s; its usual one unless said. Empty with A13.' }),
    note: t.string({ description: 'What the cause is: required with A13, else empty; at most 500 characters.' }),
  }),
})

const MapAtsCausesInput = builder.inputType('MapAtsCausesInput', {
  fields: (t) => ({
    requestId: t.field({ type: 'UUID', required: true, description: REQUEST_ID }),
    recordId: t.field({ type: 'UUID', required: true }),
    causes: t.field({ type: [CauseInput], required: true, description: 'All of them, each once (TUN-R5).' }),
  }),
})

const DecideAtsOpdInput = builder.inputType('DecideAtsOpdInput', {
  fields: (t) => ({
    requestId: t.field({ type: 'UUID', required: true, description: REQUEST_ID }),
    recordId: t.field({ type: 'UUID', required: true }),
    opd: t.field({ type: OpdEnum, required: true }),
  }),
})

const ProposeAtsRecordInput = builder.inputType('ProposeAtsRecordInput', {
  fields: (t) => ({
    requestId: t.field({ type: 'UUID', required: true, description: REQUEST_ID }),
    recordId: t.field({ type: 'UUID', required: true }),
  }),
})

builder.mutationFields((t) => ({
  mapAtsCauses: t.field({
    description: 'Say why a verified child is out of school, and which OPD answers for it (TUN-07, TUN-R5).',
    type: AtsRecordType,
    permission: 'ats.cause.map',
    args: { input: t.arg({ type: MapAtsCausesInput, required: true }) },
    errors: { types: [AtsRecordNotFound, AtsNotReady, InstrumentMissing, CauseAtOpd] },
    resolve: async (_root, { input }, { app, caller }) => findAtsRecord(app.db, await mapAtsCauses(app, caller, input)),
  }),
  decideAtsOpd: t.field({
    description: 'Decide which OPD answers for a cause that the list does not have (A13, DOMAIN §4.2).',
    type: AtsRecordType,
    permission: 'ats.opd.decide',
    args: { input: t.arg({ type: DecideAtsOpdInput, required: true }) },
    errors: { types: [AtsRecordNotFound, NothingToDecide] },
    resolve: async (_root, { input }, { app, caller }) => findAtsRecord(app.db, await decideAtsOpd(app, caller, input)),
  }),
  proposeAtsRecord: t.field({
    description: 'Propose each cause to the OPD that answers for it, into its inbox (TUN-08).',
    type: AtsRecordType,
    permission: 'ats.cause.map',
    args: { input: t.arg({ type: ProposeAtsRecordInput, required: true }) },
    errors: { types: [AtsRecordNotFound, AtsNotReady, OpdUndecided] },
    resolve: async (_root, { input }, { app, caller }) =>
      findAtsRecord(app.db, await proposeAtsRecord(app, caller, input)),
  }),
}))
