import { randomUUIDv7 } from 'node:crypto'
import { AGENCY_OF, PAPERS } from '@satuanak/contracts'
import type { CityChild } from '@satuanak/demo-city'
import { matchKeys } from '@satuanak/domain-kit'
import { type DemoSpec, demoDay, runDemo } from '@satuanak/service-kit'
import { parseConfig } from './config.ts'
import type { NikCustody } from './identity/nik-custody.ts'
import { judge } from './matching/domain.ts'
import { compareChildren, describeChild } from './matching/domain-compare.ts'
import { findingKeys } from './matching/domain-keys.ts'
import { saidBy } from './record/check-record.ts'
import { openCustody } from './registry-app.ts'
import { inOrder } from './review/domain.ts'
import { prismaFolder } from './service.ts'

/** Every child of the demo city, the NIK sealed as in real life, the papers each holds, and who waits for an officer. */
export const loadDemo =
  (custody: NikCustody): DemoSpec['load'] =>
  async (city, insert) => {
    const persons: object[] = []
    const papers: object[] = []
    const keys: object[] = []
    const pairs: object[] = []
    const families = new Map<CityChild['family'], CityChild[]>()
    const statements: object[] = []
    for (const child of city.children) {
      const earlier = families.get(child.family) ?? []
      pairs.push(...pairRows(child, earlier))
      families.set(child.family, [...earlier, child])
      persons.push(personRow(child, custody))
      keys.push({ child_id: child.id, keys: findingKeys(describe(child)) })
      statements.push(statementRow(child))
      const held = PAPERS.filter((paper) => !child.missing.includes(paper))
      papers.push(
        ...held.map((kind) => ({ child_id: child.id, kind, recorded_by: 'DUKCAPIL', recorded_at: child.met.at })),
      )
    }
    await insert('person', persons)
    await insert('paper', papers)
    await insert('match_key', keys)
    await insert('match_pair', pairs)
    await insert('person_statement', statements)
  }

/** What the index would find of one who comes in: whom nobody in the family resembles, hardly anybody does. */
function pairRows(child: CityChild, family: readonly CityChild[]): object[] {
  const described = describe(child)
  return family.flatMap((other) => {
    const { verdict, score, fields } = judge(compareChildren(described, describe(other)))
    if (verdict === 'TIDAK_ADA') return []
    const { low, high } = inOrder(child.id, other.id)
    const found = { verdict, score, reasons: fields, found_at: child.met.at, state: 'MENUNGGU' }
    return [{ id: randomUUIDv7(), low_id: low, high_id: high, ...found }]
  })
}

/** No two of a family hold one NIK, so it is left out of the comparison. */
const describe = ({ particulars }: CityChild) => describeChild({ ...particulars, nikIndex: null })

/** What the agency that met the child said of it; a record's first statement here has the record's id. */
function statementRow({ id, particulars, met }: CityChild): object {
  return {
    id,
    person_id: id,
    agency: AGENCY_OF[met.by],
    paper: null,
    stated_on: met.at.slice(0, 10),
    said: saidBy(particulars),
    recorded_by: 'system',
    recorded_at: met.at,
  }
}

function personRow({ id, truth, particulars, met }: CityChild, custody: NikCustody): object {
  const { name, sex, birthDate, birthDatePrecision, birthPlace, motherName, nik, address } = particulars
  const sealed = nik === null ? null : custody.seal(nik, id)
  return {
    id,
    name,
    name_key: matchKeys(name)[0],
    sex,
    birth_date: birthDate,
    birth_precision: birthDatePrecision,
    birth_place: birthPlace,
    mother_name: motherName,
    mother_key: motherName === null ? null : matchKeys(motherName)[0],
    kelurahan: address?.kelurahan ?? null,
    rt: address?.rt ?? null,
    rw: address?.rw ?? null,
    address_line: address?.line ?? null,
    nik_cipher: sealed && bytes(sealed.cipher),
    nik_key_id: sealed?.keyId ?? null,
    nik_index: sealed && bytes(sealed.index),
    nik_last4: sealed?.last4 ?? null,
    match_verdict: id === truth ? 'TIDAK_ADA' : 'MUNGKIN',
    registered_by: AGENCY_OF[met.by],
    registered_at: met.at,
  }
}

/** As PostgreSQL reads bytes out of JSON. */
const bytes = (value: Uint8Array): string => `\\x${Buffer.from(value).toString('hex')}`

if (import.meta.main) {
  const config = parseConfig(process.env)
  const today = demoDay(process.env.DEMO_DAY)
  await runDemo({ databaseUrl: config.DATABASE_URL, prismaFolder, load: loadDemo(openCustody(config)), today })
}
