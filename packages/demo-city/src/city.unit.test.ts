import { createHash } from 'node:crypto'
import { ChildId, Particulars } from '@satuanak/contracts'
import { parseNpsn, villageByOldName } from '@satuanak/domain-kit'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CityPlan, generateCity, PERSONAS } from './index.ts'
import { byId, city, MIDNIGHT, persons, records, TODAY } from './test-city.ts'

async function fingerprint(plan: Partial<CityPlan>): Promise<string> {
  const { schools, children } = await generateCity({ children: 400, today: TODAY, ...plan })
  const hash = createHash('sha256').update(JSON.stringify(schools))
  for (const child of children) hash.update(JSON.stringify(child))
  return hash.digest('hex')
}

describe('the same plan makes the same city', () => {
  test('two runs with one seed are equal byte for byte', async () => {
    expect(await fingerprint({ seed: 7 })).toBe(await fingerprint({ seed: 7 }))
  })

  test('another seed, another day, another size: another city', async () => {
    const prints = [{ seed: 7 }, { seed: 8 }, { today: TODAY.add({ days: 1 }) }, { children: 401 }].map(fingerprint)
    expect(new Set(await Promise.all(prints)).size).toBe(4)
  })

  test('one city may be read twice, also by two readers at once', () => {
    const one = city.children[Symbol.iterator]()
    const two = city.children[Symbol.iterator]()
    for (let step = 0; step < 200; step += 1) expect(one.next()).toEqual(two.next())
  })

  test('it has exactly as many records as asked for, from none up', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 300 }), fc.integer(), async (children, seed) => {
        const made = await generateCity({ seed, children, today: TODAY })
        expect([...made.children]).toHaveLength(children)
        expect(made.size).toBe(children)
      }),
      { numRuns: 30 },
    )
  })
})

describe('every day of the year can be today', () => {
  test.each(['2024-02-29', '2026-01-01', '2026-07-01', '2026-12-31', '2027-03-15'])('%s', async (day) => {
    const today = Temporal.PlainDate.from(day)
    const { children } = await generateCity({ children: 600, today })
    const midnight = today.toZonedDateTime('Asia/Jakarta').toInstant().toString()
    for (const child of children) {
      const moments = JSON.stringify(child).match(/\d{4}-\d\d-\d\dT[\d:]+Z/g) ?? []
      const open = new Set(child.referrals.flatMap(({ dueAt, expiresAt }) => [dueAt, expiresAt]))
      expect(moments.filter((moment) => moment >= midnight && !open.has(moment))).toEqual([])
      expect((child.particulars.birthDate ?? '') < day).toBe(true)
    }
  })
})

describe('ids', () => {
  test('every id of the city is a UUIDv7 that is there once', () => {
    const ids = records.flatMap(({ id, enrolment, ats, outreach, referrals }) => [
      id,
      ...[enrolment, ats, outreach?.assessment ?? null].flatMap((one) => (one ? [one.id] : [])),
      ...(outreach?.contacts ?? []).map((contact) => contact.id),
      ...referrals.map((referral) => referral.id),
    ])
    expect(ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toBe(
      true,
    )
    expect(ids.map((id) => ChildId.parse(id))).toEqual(ids)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('a child’s id carries the moment at which it was first written down', () => {
    for (const { id, met } of records) {
      const ms = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)
      expect(Temporal.Instant.fromEpochMilliseconds(ms).toString()).toBe(met.at)
    }
  })

  test('nobody is written down before being born', () => {
    expect(records.filter(({ met, particulars }) => met.at.slice(0, 10) <= (particulars.birthDate ?? ''))).toEqual([])
  })

  test('no story begins before its child was written down', () => {
    for (const { met, ats, outreach, referrals } of records) {
      const moments = [ats?.reportedAt, outreach?.contacts[0].at, ...referrals.map(({ sentAt }) => sentAt)]
      expect(moments.filter((moment) => moment !== undefined && moment < met.at)).toEqual([])
    }
  })
})

describe('the place (ID-23, ID-25)', () => {
  test('all 27 kelurahan of Kota Pekalongan, by today’s codes and names, in four kecamatan', () => {
    expect(city.kelurahan).toHaveLength(27)
    expect(new Set(city.kelurahan.map(({ kecamatan }) => kecamatan))).toEqual(new Set(['01', '02', '03', '04']))
    expect(city.kelurahan.find(({ code }) => code === '33.75.03.1004')?.name).toBe('Panjang Wetan')
    expect(city.kelurahan.filter(({ name }) => villageByOldName(name) !== null)).toEqual([])
  })

  test('people live in every kelurahan, also in a city of 100 children', async () => {
    const small = [...(await generateCity({ children: 100, today: TODAY })).children]
    for (const children of [records, small]) {
      const lived = new Set(children.map(({ particulars }) => particulars.address?.kelurahan))
      expect(city.kelurahan.filter(({ code }) => !lived.has(code))).toEqual([])
    }
  })

  test('every persona’s kelurahan and school is there', () => {
    const places: string[] = [...city.kelurahan.map(({ code }) => code), ...city.schools.map(({ npsn }) => npsn)]
    const asked = Object.values(PERSONAS).flatMap(({ caller }) => [...caller.kelurahan, ...caller.schools])
    expect(asked.length).toBeGreaterThan(0)
    expect(asked.filter((one) => !places.includes(one))).toEqual([])
  })
})

describe('nothing in it is real (PV-17)', () => {
  test('every run of 16 digits begins with 99', () => {
    expect((JSON.stringify(records).match(/\d{16,}/g) ?? []).filter((digits) => !/^99\d{14}$/.test(digits))).toEqual([])
  })

  test('every school number begins with 99 behind its letter, and is valid (ID-13)', () => {
    const numbers = city.schools.map(({ npsn }) => npsn)
    expect(numbers.filter((npsn) => !/^(99\d{6}|P99\d{5})$/.test(npsn) || !parseNpsn(npsn).ok)).toEqual([])
    expect(new Set(numbers).size).toBe(60)
  })
})

describe('each service can take its part as it is', () => {
  test('particulars fit the contract under which they travel', () => {
    for (const { particulars } of records) expect(Particulars.parse(particulars)).toEqual(particulars)
  })

  test('a record that lacks a NIK or a KK says so among its missing papers', () => {
    for (const { particulars, kk, missing } of records) {
      expect([missing.includes('NIK'), missing.includes('KK')]).toEqual([particulars.nik === null, kk === null])
    }
  })

  test('every truth is a record of the city', () => {
    expect(records.filter(({ truth }) => !byId.has(truth))).toEqual([])
  })

  test('a city for benchmarks keeps its schools at school size', async () => {
    const { schools } = await generateCity({ children: 1_000_000, today: TODAY })
    expect(schools).toHaveLength(4000)
    expect(Math.max(...schools.map(({ capacity }) => capacity))).toBeLessThan(1500)
  })

  test('what the city tells lies before the midnight of its day', () => {
    expect(persons.every(({ met }) => met.at < MIDNIGHT)).toBe(true)
  })
})
