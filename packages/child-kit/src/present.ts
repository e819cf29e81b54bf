import type { AgencyCode, ChildId, EventId, EventType, Particulars, Sensitivity } from '@satuanak/contracts'
import { emit, emitAll, type Tx } from '@satuanak/messaging'
import type { JWK } from 'jose'
import { saveChildKnownInTx, saveChildrenKnownInTx } from './projection.ts'
import { sealParticulars } from './seal.ts'

/** The services that meet children first and mint ids themselves. */
export type PresentingService = EventType extends infer Type
  ? Type extends `${infer Service}.child.presented.v1`
    ? Service
    : never
  : never

export interface Presentation {
  readonly service: PresentingService
  /** The id the service has just minted. */
  readonly childId: ChildId
  readonly particulars: Particulars
  /** The civil registry's public sealing key. */
  readonly registryKey: JWK
  readonly actor: string
  readonly org: AgencyCode
  readonly sensitivity: Sensitivity
  readonly time: Temporal.Instant
  readonly correlationid?: string
}

/** Present a child that no agency knew to the civil registry, in the transaction that wrote the child down. */
export async function presentChild(tx: Tx, presentation: Presentation): Promise<EventId> {
  const { service, childId, particulars, registryKey, ...rest } = presentation
  await saveChildKnownInTx(tx, childId)
  const sealed = await sealParticulars(registryKey, childId, particulars)
  return emit(tx, { ...rest, type: `${service}.child.presented.v1`, subject: childId, data: { sealed } })
}

/** The same of many at once, in two statements: each child once, all met by one service. */
export async function presentChildren(
  tx: Tx,
  children: readonly Pick<Presentation, 'childId' | 'particulars'>[],
  { service, registryKey, ...rest }: Omit<Presentation, 'childId' | 'particulars'>,
): Promise<void> {
  if (children.length === 0) return
  await saveChildrenKnownInTx(
    tx,
    children.map(({ childId }) => childId),
  )
  const events = children.map(async ({ childId, particulars }) => {
    const sealed = await sealParticulars(registryKey, childId, particulars)
    return { ...rest, type: `${service}.child.presented.v1`, subject: childId, data: { sealed } } as const
  })
  await emitAll(tx, await Promise.all(events))
}
