import type { ChildFile } from '../identity/find-child-files.ts'
import type { Holder } from './domain.ts'

/** What decides over the card of a file's person; the canonical record's birth date is the one that counts. */
export function holderOf({ persons }: ChildFile, said: Omit<Holder, 'birthDate' | 'precision'>): Holder {
  const person = persons[0]
  return {
    birthDate: person?.birthDate ? Temporal.PlainDate.from(person.birthDate) : null,
    precision: person?.birthDatePrecision ?? 'TAKSIRAN',
    everMarried: said.everMarried,
    birthDateConfirmed: said.birthDateConfirmed,
    nikShared: said.nikShared,
  }
}
