import type { ChildId } from '@satuanak/contracts'
import { loader } from '@satuanak/graphql-kit'
import type { RegistryContext } from '../app.ts'
import type { Person } from '../identity/domain.ts'
import { decideRecord, type Statement } from '../record/domain.ts'
import { findStatements } from '../record/repository.ts'
import type { Child } from './child.ts'

/** Everything said of a child under all its ids; any number of children in one statement. */
export async function statementsOf(context: RegistryContext, child: Child): Promise<readonly Statement[]> {
  const find = loader(context, 'statements', async (ids: readonly ChildId[]) =>
    Map.groupBy(await findStatements(context.app.db, ids), ({ personId }) => personId),
  )
  const found = await Promise.all(child.group.ids.map(find))
  return found.flatMap((statements) => statements ?? [])
}

/** The person with the values that stand, of all that was said under any id (ID-05). */
export async function withStanding(context: RegistryContext, child: Child, person: Person): Promise<Person> {
  const { name, sex, birthDate, birthPlace, motherName, address } = decideRecord(await statementsOf(context, child))
  return {
    ...person,
    name: name ?? person.name,
    sex: sex ?? person.sex,
    birthDate: birthDate?.date ?? person.birthDate,
    birthDatePrecision: birthDate?.precision ?? person.birthDatePrecision,
    birthPlace: birthPlace ?? person.birthPlace,
    motherName: motherName ?? person.motherName,
    address: address ?? person.address,
  }
}
