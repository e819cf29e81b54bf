import { type ChildGroup, groupOf } from '@satuanak/child-kit'
import type { ChildId } from '@satuanak/contracts'
import type { RegistryApp, RegistryTx } from '../app.ts'
import type { Statement } from './domain.ts'
import { decideDisputes } from './domain-disputes.ts'
import { findStatements } from './repository.ts'
import { closeDisputesInTx, findOpenDisputes, openDisputesInTx } from './repository-disputes.ts'

/**
 * Lets the list of disagreements follow what is said of these children by now, and who they are: in the transaction that
 * changed either (ID-05). The caller holds the children's locks. As many statements for one child as for any number.
 * @param split whether a link between them has just been taken back.
 */
export async function decideDisputesInTx(
  app: Pick<RegistryApp, 'now' | 'newId'>,
  tx: RegistryTx,
  children: readonly ChildId[],
  { split }: { readonly split: boolean } = { split: false },
): Promise<void> {
  const groups = await groupOf(tx, children, app.now())
  const persons = new Map([...groups.values()].map((group) => [group.canonical, group]))
  const ids = [...new Set([...persons.values()].flatMap((group) => group.ids))]
  const statements = Map.groupBy(await findStatements(tx, ids), ({ personId }) => personId)
  const open = await findOpenDisputes(tx, ids)
  const answers = [...persons.values()].map((group) => {
    const personId = shownUnder(group, statements)
    const said = group.ids.flatMap((id) => statements.get(id) ?? [])
    const own = open.filter((one) => group.ids.includes(one.personId))
    return { personId, ...decideDisputes({ personId, statements: said, open: own, split }) }
  })
  const closed = answers.flatMap((answer) => answer.closed)
  await closeDisputesInTx(tx, closed, app.now())
  const opened = answers.flatMap(({ personId, opened: found }) =>
    found.map(({ field, since }) => ({ id: app.newId<string>(), personId, field, openedAt: since ?? app.now() })),
  )
  await openDisputesInTx(tx, opened)
}

/** The canonical id, where the registry has a record under it; else the oldest that it has. */
function shownUnder({ canonical, ids }: ChildGroup, statements: ReadonlyMap<ChildId, readonly Statement[]>): ChildId {
  return ids.find((id) => statements.has(id)) ?? canonical
}
