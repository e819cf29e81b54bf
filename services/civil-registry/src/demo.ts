import { AGENCY_OF, PAPERS } from '@satuanak/contracts'
import type { CityChild } from '@satuanak/demo-city'
import { matchKeys } from '@satuanak/domain-kit'
import { type DemoSpec, demoDay, runDemo } from '@satuanak/service-kit'
import { type Config, parseConfig } from './config.ts'
import { createNikCustody, type NikCustody } from './identity/nik-custody.ts'
import { describeChild } from './matching/domain-compare.ts'
import { findingKeys } from './matching/domain-keys.ts'
import { prismaFolder } from './service.ts'

/** Every child of the demo city, the NIK sealed as in real life, and the papers each holds. */
export const loadDemo =
  (custody: NikCustody): DemoSpec['load'] =>
  async (city, insert) => {
    const persons: object[] = []
    const papers: object[] = []
    const keys: object[] = []
    for (const child of city.children) {
      persons.push(personRow(child, custody))
      const findable = describeChild({ ...child.particulars, nikIndex: null })
      keys.push({ child_id: child.id, keys: findingKeys(findable) })
      const held = PAPERS.filter((paper) => !child.missing.includes(paper))
      papers.push(
        ...held.map((kind) => ({ child_id: child.id, kind, recorded_by: 'DUKCAPIL', recorded_at: child.met.at })),
      )
    }
    await insert('person', persons)
    await insert('paper', papers)
    await insert('match_key', keys)
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

export const custodyOf = (config: Config): NikCustody =>
  createNikCustody({ ...config.NIK_KEYS, indexKey: config.NIK_INDEX_KEY })

if (import.meta.main) {
  const config = parseConfig(process.env)
  const today = demoDay(process.env.DEMO_DAY)
  await runDemo({ databaseUrl: config.DATABASE_URL, prismaFolder, load: loadDemo(custodyOf(config)), today })
}
