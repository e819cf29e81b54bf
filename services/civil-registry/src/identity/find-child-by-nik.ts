import type { ChildId } from '@satuanak/contracts'
import { fields, orRefuse, parseNik } from '@satuanak/domain-kit'
import { audit, type Caller } from '@satuanak/identity'
import type { RegistryApp } from '../app.ts'
import { findChildrenByNik } from './repository.ts'

/**
 * The child who holds this NIK, by the blind indexes (ID-09); null where nobody does. Two holders (EC-01) give the older
 * record, whose review shows the other. Each search is audited, also one that finds nobody (PV-05).
 * @throws InvalidInput
 */
export async function findChildByNik(app: RegistryApp, caller: Caller, input: string): Promise<ChildId | null> {
  const { value } = orRefuse(fields({ nik: parseNik(input, { today: app.today() }) }))
  const [found = null] = await findChildrenByNik(app.db, app.custody.indexesOf(value.nik.digits))
  await app.inTransaction((tx) => audit(tx, caller, 'nik.search', found === null ? [] : [found]))
  return found
}
