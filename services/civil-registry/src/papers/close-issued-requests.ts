import type { AgencyCode, ChildId, Paper } from '@satuanak/contracts'
import type { RegistryTx } from '../app.ts'
import { closeIssuedInTx } from './repository.ts'

/** A paper that came another way answers its open request too: a NIK is recorded as SIAK gives it (RF-02). */
export async function closeIssuedRequestsInTx(
  tx: RegistryTx,
  issued: {
    readonly ids: readonly ChildId[]
    readonly paper: Paper
    readonly by: AgencyCode
    readonly at: Temporal.Instant
  },
): Promise<void> {
  await closeIssuedInTx(tx, issued)
}
