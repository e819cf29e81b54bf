import { openParticulars } from '@satuanak/child-kit'
import { ChildId, type EventOf } from '@satuanak/contracts'
import { emit, following, PermanentFailure } from '@satuanak/messaging'
import type { RegistryApp, RegistryTx } from '../app.ts'
import { missingPapers } from './domain.ts'
import { writePerson } from './register-child.ts'

export type Presented = EventOf<'social.child.presented.v1' | 'education.child.presented.v1'>

/**
 * Another agency met a child and minted its id: the registry writes it down under that id and lists what papers are
 * missing (DESIGN §4). A NIK that another child holds is kept with both; neither is decided by itself (EC-01).
 */
export async function receivePresentedChild(app: RegistryApp, tx: RegistryTx, event: Presented): Promise<void> {
  const id = ChildId.parse(event.subject)
  const particulars = await openParticulars(app.sealingKey, id, event.data.sealed).catch(() => {
    throw new PermanentFailure('the sealed particulars do not open with the registry’s key')
  })
  const held = particulars.nik === null ? [] : (['NIK'] as const)
  const person = await writePerson(app, tx, { id, particulars, held, registeredBy: event.org })
  if (person === null) return
  await emit(tx, {
    type: 'civil-registry.person.registered.v1',
    subject: id,
    data: { missing: missingPapers(person.held), kelurahan: person.address?.kelurahan ?? null },
    actor: 'system',
    org: 'DUKCAPIL',
    sensitivity: event.sensitivity,
    time: app.now(),
    ...following(event),
  })
}
