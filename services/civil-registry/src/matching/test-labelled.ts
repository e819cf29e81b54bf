import type { LabelledRecord } from '@satuanak/demo-city'
import type { RegistryApp } from '../app.ts'
import type { Candidate } from './domain.ts'
import { describeChild, type Sought } from './domain-compare.ts'
import { findingKeys } from './domain-keys.ts'
import { findCandidatesInTx } from './find-candidates.ts'

/** A labelled set in a registry's own database, without its NIKs. */

const PER_STATEMENT = 2_000

export function soughtOf({ particulars: { nik: _, birthPlace: __, ...rest } }: LabelledRecord): Sought {
  return { ...rest, nikIndex: null }
}

/** Writes the records and their finding keys, and lets the planner count them. */
export async function writeLabelled({ db }: RegistryApp, set: readonly LabelledRecord[]): Promise<void> {
  for (let from = 0; from < set.length; from += PER_STATEMENT) {
    const some = set.slice(from, from + PER_STATEMENT)
    await db.person.createMany({ data: some.map(rowOf) })
    await db.matchKey.createMany({
      data: some.map((record) => ({ childId: record.id, keys: findingKeys(describeChild(soughtOf(record))) })),
    })
  }
  await db.$executeRawUnsafe('ANALYZE person, match_key')
}

/** Whom the registry finds for this record. */
export const candidatesOf = (app: RegistryApp, record: LabelledRecord): Promise<readonly Candidate[]> =>
  app.inTransaction((tx) => findCandidatesInTx(tx, { ...soughtOf(record), id: record.id }))

function rowOf({ id, particulars }: LabelledRecord) {
  const { name, sex, birthDate, birthDatePrecision, motherName, address } = particulars
  return {
    id,
    name,
    nameKey: '',
    sex,
    birthDate: birthDate === null ? null : new Date(`${birthDate}T00:00:00Z`),
    birthPrecision: birthDatePrecision,
    motherName,
    kelurahan: address?.kelurahan ?? null,
    rt: address?.rt ?? null,
    rw: address?.rw ?? null,
    matchVerdict: 'TIDAK_ADA',
    registeredBy: 'DUKCAPIL',
    registeredAt: new Date(0),
  }
}
