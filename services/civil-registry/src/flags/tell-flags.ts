import { groupOf } from '@satuanak/child-kit'
import type { AgencyCode, ChildId } from '@satuanak/contracts'
import { emit } from '@satuanak/messaging'
import type { RegistryApp, RegistryTx } from '../app.ts'
import { decideCardsAnewInTx } from '../ktp-recording/decide-cards-anew.ts'
import { LEVEL_OF, sensitivityOf } from './domain.ts'
import { findIdentifierFlags } from './find-identifier-flags.ts'

/** Whose deed brought the doubt about. */
export interface FlaggedBy {
  readonly actor: string
  readonly org: AgencyCode
  readonly correlationid?: string
}

/**
 * Tells, in the transaction that brought it about, what is doubtful about the NIKs of these children (EC-01, EC-02):
 * others decide nothing automatically about a child that is flagged, and refer the matter to Dukcapil. Nor does the
 * registry: their cards wait for an officer, and cards that waited for a doubt that is gone go on.
 */
export async function tellFlagsInTx(
  app: RegistryApp,
  tx: RegistryTx,
  children: readonly ChildId[],
  by: FlaggedBy,
): Promise<void> {
  const groups = await groupOf(tx, children, app.now())
  // Two ids of one person are one person's flags.
  const persons = new Map([...groups.values()].map((group) => [group.canonical, group]))
  const flags = [...(await findIdentifierFlags(tx, persons))].flatMap(([id, found]) =>
    found.map((flag) => ({ ...flag, level: persons.get(id)?.level ?? 2 })),
  )
  const about = await groupOf(tx, [...new Set(flags.flatMap(({ others }) => others))], app.now())
  for (const { type, code, recordId, others, level } of flags) {
    await emit(tx, {
      type: 'civil-registry.person.identifier.flagged.v1',
      subject: recordId,
      data: { type, code, level: LEVEL_OF[code] },
      sensitivity: sensitivityOf([level, ...others.map((id) => about.get(id)?.level ?? 2)]),
      time: app.now(),
      ...by,
    })
  }
  await decideCardsAnewInTx(app, tx, by, { childIds: [...persons.keys()] })
}
