import type { KelurahanCode, Npsn } from '@satuanak/contracts'
import { type Caller, decide, PERMISSION_NAMES, type Permission } from '@satuanak/identity'
import { HIGHEST_LEVEL, type NoticeFacts, officesOf, type Webhook } from './domain.ts'

const KNOWN: ReadonlySet<string> = new Set(PERMISSION_NAMES)

type Listener = Pick<Webhook, 'id' | 'name' | 'agency' | 'role' | 'kelurahan' | 'schools'>

const callerOf = ({ id, name, agency, role, kelurahan, schools }: Listener): Caller => ({
  subject: `webhook:${id}`,
  name,
  agency,
  roles: [role],
  kelurahan: [...kelurahan] as KelurahanCode[],
  schools: [...schools] as Npsn[],
})

/**
 * May this portal be told? Closed by default: of a social or hidden child never (PV-14), else only where its identity
 * holds every one of the notice's permissions. A permission that is new to this version opens nothing
 * (and what waits under one is not asked here: `claimDueInTx`).
 */
export function mayHear(
  listener: Listener,
  { permissions, facts }: { readonly permissions: readonly string[]; readonly facts: NoticeFacts },
): boolean {
  if (facts.level > HIGHEST_LEVEL || permissions.length === 0) return false
  // Also one that was registered while its office could be heard as.
  if (!officesOf(listener.role).includes(listener.agency)) return false
  const caller = callerOf(listener)
  return permissions.every((name) => KNOWN.has(name) && decide(caller, name as Permission, facts).allowed)
}
