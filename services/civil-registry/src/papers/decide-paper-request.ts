import { fields, given, orRefuse, problem, Refusal, uuid } from '@satuanak/domain-kit'
import { audit, type Caller } from '@satuanak/identity'
import type { RegistryApp } from '../app.ts'
import { lockedChildFileFor } from '../identity/find-child-files.ts'
import { issuePaperInTx } from '../identity/issue-paper.ts'
import { type Decision, isOpen, type RefusalReason } from './domain.ts'
import { NikIsIssuedBySiak, PaperRequestDecided, PaperRequestNotFound } from './errors.ts'
import { findRequest, saveDecisionInTx } from './repository.ts'

export interface DecidePaperRequest {
  readonly requestId: string
  readonly paperRequestId: string
  readonly decision: Decision
  readonly reason?: RefusalReason | null | undefined
}

/**
 * Dukcapil takes a request up, issues the paper, or says why it cannot (RF-02: "issued, or tidak dapat with reason").
 * To issue marks the paper as held and tells the others.
 * @returns the request's id.
 * @throws InvalidInput, PaperRequestNotFound, PaperRequestDecided, NikIsIssuedBySiak, NotPermitted, RequestIdReused.
 */
export async function decidePaperRequest(
  app: RegistryApp,
  caller: Caller,
  command: DecidePaperRequest,
): Promise<string> {
  const { value } = orRefuse(
    fields(
      {
        paperRequestId: uuid(command.paperRequestId),
        decision: given(command.decision),
        reason: given(command.reason ?? null),
      },
      ({ decision, reason }) => ((decision === 'TIDAK_DAPAT') === (reason !== null) ? [] : [REASON]),
    ),
  )
  return app.once(caller, { name: 'decidePaperRequest', ...command, input: command }, async (tx) => {
    const found = await findRequest(tx, value.paperRequestId)
    if (found === null) throw new PaperRequestNotFound()
    const deed = { caller, permission: 'papers.decide', childId: found.childId } as const
    await lockedChildFileFor(app, tx, deed).catch(asRequest)
    const request = await findRequest(tx, value.paperRequestId)
    if (request === null || !isOpen(request)) throw new PaperRequestDecided()
    if (value.decision === 'TERBIT') {
      if (request.paper === 'NIK') throw new NikIsIssuedBySiak()
      await issuePaperInTx(app, tx, caller, { ...request, paper: request.paper, correlationid: command.requestId })
    }
    await saveDecisionInTx(tx, request.id, { ...value, by: caller.agency, at: app.now() })
    await audit(tx, caller, 'papers.decide', [request.childId], { paper: request.paper, decision: value.decision })
    return request.id
  })
}

const REASON = problem(
  'RF-02',
  {
    id: 'Isi alasan bila dokumen tidak dapat diterbitkan, dan hanya bila demikian.',
    en: 'Give a reason where the paper cannot be issued, and only then.',
  },
  'reason',
)

/** Of a child that is not there for this caller neither is the request (PV-14). */
function asRequest(error: unknown): never {
  if (!(error instanceof Refusal) || error.code !== 'CHILD_NOT_FOUND') throw error
  throw Object.assign(new PaperRequestNotFound(), { cause: error.cause })
}
