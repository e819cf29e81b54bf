import type { AgencyCode, ChildId } from '@satuanak/contracts'
import type { RegistryTx } from '../app.ts'
import type { Prisma, PrismaClient } from '../gen/prisma/client.ts'
import type { Said, StatedPaper, Statement } from './domain.ts'

type Reader = Pick<PrismaClient, 'personStatement'>

/** A statement, and the account that wrote it down. */
export type NewStatement = Statement & { readonly recordedBy: string }

export async function saveStatementInTx(tx: RegistryTx, { ruling, ...statement }: NewStatement): Promise<void> {
  await tx.personStatement.create({
    data: {
      ...statement,
      ground: ruling?.ground ?? null,
      weighed: [...(ruling?.weighed ?? [])],
      statedOn: new Date(`${statement.statedOn}T00:00:00Z`),
      said: statement.said as Prisma.InputJsonObject,
      recordedAt: new Date(statement.recordedAt.epochMilliseconds),
    },
  })
}

export async function findStatements(reader: Reader, personIds: readonly ChildId[]): Promise<Statement[]> {
  const rows = await reader.personStatement.findMany({
    where: { personId: { in: [...personIds] } },
    orderBy: { id: 'asc' },
  })
  return rows.map((row) => ({
    id: row.id,
    personId: row.personId as ChildId,
    agency: row.agency as AgencyCode,
    paper: row.paper as StatedPaper | null,
    statedOn: row.statedOn.toISOString().slice(0, 10),
    said: row.said as Partial<Said>,
    ruling: row.ground === null ? null : { ground: row.ground, weighed: row.weighed },
    recordedAt: Temporal.Instant.fromEpochMilliseconds(row.recordedAt.getTime()),
  }))
}

/** The first statement of each of these records: what its own columns say; its id is the record's. */
export async function saveFirstStatementsInTx(
  tx: RegistryTx,
  personIds: readonly ChildId[],
  stated: { readonly statedOn: string; readonly recordedBy: string },
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO person_statement (id, person_id, agency, stated_on, said, recorded_by, recorded_at)
    SELECT id, id, registered_by, ${stated.statedOn}::date,
           jsonb_strip_nulls(jsonb_build_object(
             'name', name,
             'sex', sex,
             'birthDate', CASE WHEN birth_date IS NOT NULL
                          THEN jsonb_build_object('date', birth_date, 'precision', birth_precision) END,
             'birthPlace', birth_place,
             'motherName', mother_name))
           || CASE WHEN kelurahan IS NULL THEN '{}'::jsonb ELSE jsonb_build_object('address', jsonb_build_object(
             'kelurahan', kelurahan, 'rt', rt, 'rw', rw, 'line', address_line)) END,
           ${stated.recordedBy}, registered_at
    FROM person WHERE id = ANY(${[...personIds]}::uuid[])`
}

/** Keys under which the person is found; null where the mother is nobody to be found by (EC-12). */
export interface RecordKeys {
  readonly name: string | undefined
  readonly mother: string | null | undefined
}

/** Writes what stands into the record's own columns, by which it is searched, scoped and matched. */
export async function saveRecordInTx(
  tx: RegistryTx,
  personId: ChildId,
  said: Partial<Said>,
  keys: RecordKeys,
): Promise<void> {
  const { birthDate, address, guardian } = said
  const birth = birthDate && { birthDate: new Date(`${birthDate.date}T00:00:00Z`), birthPrecision: birthDate.precision }
  const place = address && {
    kelurahan: address.kelurahan,
    rt: address.rt,
    rw: address.rw,
    addressLine: address.line,
  }
  const care = guardian && {
    guardianName: guardian.name,
    guardianRelation: guardian.relation,
    guardianProof: guardian.proof,
  }
  const { name, sex, birthPlace, motherName, fatherName, childStatus, birthOrder, aktaNumber, everMarried } = said
  const plain = { name, sex, birthPlace, motherName, fatherName, childStatus, birthOrder, aktaNumber, everMarried }
  const written = { ...plain, nameKey: keys.name, motherKey: keys.mother, ...birth, ...place, ...care }
  await tx.person.update({
    where: { id: personId },
    data: Object.fromEntries(Object.entries(written).filter(([, value]) => value !== undefined)),
  })
}
